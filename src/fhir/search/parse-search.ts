/**
 * From the query of a search to the store's terms.
 *
 * Spec: https://hl7.org/fhir/R4/search.html
 *
 * A parameter, modifier or value we do not understand is an error that names what there is, unless the client says
 * `Prefer: handling=lenient`: then it is left out and the answer says so. R4 would rather ignore it; a wrong answer
 * about a child is worse than none. Modifiers: `:exact`, `:contains` (string), `:[type]` (reference). Not offered:
 * chains, `_has`, `_include`, `_revinclude`, `_filter`, `_elements`, `_summary` other than `count` and `false`.
 */
import type { OperationOutcomeIssue } from '@medplum/fhirtypes';
import type { Definitions } from '../../conformance/definitions.ts';
import { isFhirId } from '../../conformance/fhir-id.ts';
import { badRequest, FhirError } from '../../outcome/fhir-error.ts';
import type { SearchClause, SearchQuery } from '../../store/resource-store.ts';
import { parseCount } from '../paging.ts';
import { type Query, type QueryPair, single } from '../query.ts';
import { type OfferedParameter, searchParametersOf } from './search-parameters.ts';
import { parseDateValue, parseReferenceValue, parseToken, splitEscaped, withoutEscapes } from './search-value.ts';

interface SearchContext {
  definitions: Definitions;
  baseUrl: string;
  zone: string;
  handling: 'strict' | 'lenient';
}

interface ParsedSearch {
  query: SearchQuery;
  /** The parameters as they were understood, for the self link. */
  understood: Query;
  /** What was left out, for a lenient client. */
  ignored: OperationOutcomeIssue[];
}

/** Parameters that shape the result rather than select. */
const RESULT_PARAMETERS = ['_count', '_sort', '_total', '_summary'];
const MAX_VALUES = 1000;

/** Throws a FhirError (400). */
export function parseSearch(resourceType: string, query: Query, context: SearchContext): ParsedSearch {
  const parameters = searchParametersOf(resourceType, context.definitions);
  const understood: QueryPair[] = [];
  const ignored: OperationOutcomeIssue[] = [];
  const clauses: SearchClause[] = [];

  /** Runs `parse`; for a lenient client a refusal becomes a note. */
  const attempt = <T>(pairs: readonly QueryPair[], parse: () => T): T | undefined => {
    try {
      const result = parse();
      understood.push(...pairs);
      return result;
    } catch (error) {
      if (!(error instanceof FhirError) || context.handling !== 'lenient') throw error;
      ignored.push(...error.outcome.issue.map((issue) => ({ ...issue, severity: 'warning' as const })));
      return undefined;
    }
  };

  for (const pair of query) {
    if (RESULT_PARAMETERS.includes(pair[0])) continue;
    const clause = attempt([pair], () => parseClause(pair, parameters, context));
    if (clause) clauses.push(clause);
  }
  const pairsOf = (name: string) => query.filter(([key]) => key === name);
  const sort = attempt(pairsOf('_sort'), () => parseSort(query, parameters));
  const total = attempt(pairsOf('_total'), () => parseTotal(query));
  const totalOnly = attempt(pairsOf('_summary'), () => parseSummary(query)) ?? false;
  // A page size that is not understood is an error for everyone: the default could be a thousand times the work.
  const count = parseCount(query);
  understood.push(['_count', String(count)]);

  return {
    query: {
      resourceType,
      clauses,
      ...(sort && sort.length > 0 && { sort }),
      count: totalOnly ? 0 : count,
      total: totalOnly || count === 0 ? 'accurate' : (total ?? 'accurate'),
    },
    understood,
    ignored,
  };
}

function parseClause(
  [name, value]: QueryPair,
  parameters: ReadonlyMap<string, OfferedParameter>,
  context: SearchContext,
): SearchClause {
  const [code = '', modifier, ...more] = name.split(':');
  const parameter = parameters.get(code);
  if (!parameter) throw unknownParameter(code, parameters);
  if (more.length > 0) throw badRequest('not-supported', `${code} has more than one modifier.`);
  requireModifier(parameter, modifier);
  const values = splitEscaped(value, ',');
  if (values.some((part) => part === '')) throw badRequest('value', `${code} has an empty value.`);
  if (values.length > MAX_VALUES) throw badRequest('too-costly', `${code} has more than ${MAX_VALUES} values.`);
  return clauseOf(parameter, modifier, values, context);
}

function clauseOf(
  { code, kind, targets }: OfferedParameter,
  modifier: string | undefined,
  values: readonly string[],
  { baseUrl, zone }: SearchContext,
): SearchClause {
  switch (kind) {
    case 'id': {
      if (!values.every((value) => isFhirId(value))) throw badRequest('value', '_id is not an id.');
      return { kind: 'id', any: values };
    }
    case 'lastUpdated':
      return { kind: 'lastUpdated', any: values.map((value) => parseDateValue(value, code, zone)) };
    case 'date':
      return { kind: 'date', code, any: values.map((value) => parseDateValue(value, code, zone)) };
    case 'token':
      return { kind: 'token', code, any: values.map((value) => parseToken(value, code)) };
    case 'uri':
      return { kind: 'token', code, any: values.map((value) => ({ code: withoutEscapes(value) })) };
    case 'reference':
      return {
        kind: 'reference',
        code,
        any: values.flatMap((value) => parseReferenceValue(value, code, targets, modifier, baseUrl)),
      };
    case 'string': {
      const match = modifier === 'exact' || modifier === 'contains' ? modifier : 'starts';
      return { kind: 'string', code, match, any: values.map(withoutEscapes) };
    }
  }
}

/** The modifiers a parameter takes. */
function modifiersOf({ kind, targets }: OfferedParameter): readonly string[] {
  if (kind === 'string') return ['exact', 'contains'];
  return kind === 'reference' ? targets : [];
}

function requireModifier(parameter: OfferedParameter, modifier: string | undefined): void {
  if (modifier === undefined || modifiersOf(parameter).includes(modifier)) return;
  const offered = modifiersOf(parameter).map((name) => `:${name}`);
  const sentence = offered.length > 0 ? `It takes ${offered.join(', ')}.` : 'It takes none yet.';
  throw badRequest('not-supported', `${parameter.code} does not take that modifier. ${sentence}`);
}

function unknownParameter(code: string, parameters: ReadonlyMap<string, OfferedParameter>): FhirError {
  const known = [...parameters.keys(), ...RESULT_PARAMETERS].sort().join(', ');
  const what = /^[A-Za-z_][\w.-]{0,63}$/.test(code) ? code : 'A parameter of the query';
  const chain = code.includes('.') ? ' Chained parameters are not offered yet.' : '';
  return badRequest('not-supported', `${what} is not a search parameter here.${chain} Known: ${known}.`);
}

type Sort = NonNullable<SearchQuery['sort']>;

function parseSort(query: Query, parameters: ReadonlyMap<string, OfferedParameter>): Sort {
  const text = single(query, '_sort');
  if (text === undefined) return [];
  const keys = text.split(',');
  if (keys.length > 5) throw badRequest('too-costly', '_sort takes at most five keys.');
  return keys.map((key) => {
    const descending = key.startsWith('-');
    const code = descending ? key.slice(1) : key;
    const kind = parameters.get(code)?.kind;
    if (kind === 'id') return { by: 'id' as const, descending };
    if (kind === 'lastUpdated') return { by: 'lastUpdated' as const, descending };
    if (kind === 'date') return { by: { date: code }, descending };
    const sortable = [...parameters.values()]
      .filter((parameter) => ['id', 'lastUpdated', 'date'].includes(parameter.kind))
      .map((parameter) => parameter.code);
    throw badRequest('not-supported', `_sort takes ${sortable.join(', ')}, each with "-" for descending.`);
  });
}

function parseTotal(query: Query): 'none' | 'accurate' | undefined {
  const text = single(query, '_total');
  if (text === undefined) return undefined;
  if (text === 'none') return 'none';
  // An estimate may be exact.
  if (text === 'accurate' || text === 'estimate') return 'accurate';
  throw badRequest('value', '_total is none, estimate or accurate.');
}

/** True for `_summary=count`. */
function parseSummary(query: Query): boolean {
  const text = single(query, '_summary');
  if (text === undefined || text === 'false') return false;
  if (text === 'count') return true;
  throw badRequest('not-supported', '_summary can be count or false; shortened resources are not offered yet.');
}
