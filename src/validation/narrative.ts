/**
 * The XHTML of a narrative.
 *
 * Spec: https://hl7.org/fhir/R4/narrative.html#xhtml, invariants txt-1 (only formatting) and txt-2 (some content).
 *
 * A small tokenizer, not an XML parser: tags must nest and close, elements and attributes must be on the lists, and
 * nothing that a browser would run is let through. Attribute values of `style` are not judged.
 */

export interface NarrativeProblem {
  constraint: 'txt-1' | 'txt-2' | undefined;
  message: string;
}

const ELEMENTS = new Set(
  `a abbr acronym address area b bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em
   h1 h2 h3 h4 h5 h6 hr i img ins kbd li map nobr ol p pre q s samp small span strike strong sub sup table tbody td tfoot
   th thead tr tt u ul var font`.split(/\s+/),
);

const ATTRIBUTES = new Set(
  `abbr accesskey align alt axis bgcolor border cellpadding cellspacing char charoff charset cite class clear colspan
   color compact coords datetime dir face frame headers height href hreflang hspace id ismap lang longdesc name noshade
   nowrap rel rev rowspan rules scope shape size span src start style summary tabindex target title type usemap valign
   value vspace width xml:lang xml:space xmlns`.split(/\s+/),
);

const VOID_CONTENT = new Set(['img']);
const XHTML_NAMESPACE = 'http://www.w3.org/1999/xhtml';
const TOKEN = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<[!?][^>]*>|<\/?(?:[^<>"']|"[^"<]*"|'[^'<]*')*>|[^<]+|</g;
const ATTRIBUTE = /\s+([A-Za-z_:][\w:.-]*)\s*=\s*("[^"<]*"|'[^'<]*')/gy;

/** The first problem of a narrative's div, or undefined. */
export function narrativeProblem(div: string): NarrativeProblem | undefined {
  const open: string[] = [];
  let content = false;
  let roots = 0;
  for (const [token] of div.trim().matchAll(TOKEN)) {
    if (token.startsWith('<!--')) continue;
    if (token.startsWith('<![CDATA[')) {
      content = true;
      continue;
    }
    if (token.startsWith('<!') || token.startsWith('<?')) {
      return unsafe('A narrative holds no document type and no processing instruction. Remove it.');
    }
    if (token.startsWith('</')) {
      const name = token.slice(2, -1).trim();
      if (open.pop() !== name) return malformed(`The tag </${name.slice(0, 40)}> closes nothing that is open.`);
      continue;
    }
    if (token.startsWith('<')) {
      const tag = parseTag(token);
      if (!tag) return malformed(`${token.slice(0, 60)} is not well-formed XHTML.`);
      if (open.length === 0 && ++roots > 1) return malformed('The narrative has more than one root element.');
      const problem = tagProblem(tag, open.length === 0);
      if (problem) return problem;
      if (VOID_CONTENT.has(tag.name)) content = true;
      if (!tag.closed) open.push(tag.name);
      continue;
    }
    const problem = textProblem(token, open.length);
    if (problem) return problem;
    if (/\S/.test(token.replace(/&(nbsp|#160|#xa0);/gi, ' ').replaceAll('\u00a0', ' '))) content = true;
  }
  if (open.length > 0) return malformed(`The tag <${open.at(-1)}> is not closed.`);
  if (roots === 0) return malformed('The narrative must be one <div> element.');
  if (!content) return { constraint: 'txt-2', message: 'The narrative is empty. Give it text or leave it out.' };
  return undefined;
}

interface Tag {
  name: string;
  attributes: { name: string; value: string }[];
  closed: boolean;
}

function parseTag(token: string): Tag | undefined {
  const start = /^<([A-Za-z][\w:-]*)/.exec(token);
  if (!start?.[1]) return undefined;
  const closed = token.endsWith('/>');
  const end = token.length - (closed ? 2 : 1);
  const attributes: Tag['attributes'] = [];
  let at = start[0].length;
  for (;;) {
    ATTRIBUTE.lastIndex = at;
    const match = ATTRIBUTE.exec(token.slice(0, end));
    if (!match?.[1] || match[2] === undefined) break;
    attributes.push({ name: match[1], value: match[2].slice(1, -1) });
    at = ATTRIBUTE.lastIndex;
  }
  return token.slice(at, end).trim() === '' ? { name: start[1], attributes, closed } : undefined;
}

function tagProblem(tag: Tag, root: boolean): NarrativeProblem | undefined {
  if (root) {
    if (tag.name !== 'div') return malformed(`The narrative starts with <${tag.name}>. It must be one <div>.`);
    const namespace = tag.attributes.find((attribute) => attribute.name === 'xmlns')?.value;
    if (namespace !== XHTML_NAMESPACE) return malformed(`The narrative's <div> needs xmlns="${XHTML_NAMESPACE}".`);
  }
  if (!ELEMENTS.has(tag.name)) return unsafe(`The element <${tag.name}> is not allowed in a narrative. Remove it.`);
  for (const { name, value } of tag.attributes) {
    if (!ATTRIBUTES.has(name)) return unsafe(`The attribute ${name} is not allowed in a narrative. Remove it.`);
    if ((name === 'href' || name === 'src') && /^\s*(javascript|vbscript)\s*:/i.test(value)) {
      return unsafe(`The ${name} of <${tag.name}> runs a script. Remove it.`);
    }
  }
  return undefined;
}

function textProblem(text: string, depth: number): NarrativeProblem | undefined {
  if (depth === 0 && text.trim() !== '') return malformed('The narrative has text outside its <div>.');
  if (/&(?!([A-Za-z][A-Za-z0-9]*|#\d+|#x[0-9A-Fa-f]+);)/.test(text)) {
    return malformed('The narrative has a bare "&". Write &amp; instead.');
  }
  return undefined;
}

const malformed = (message: string): NarrativeProblem => ({ constraint: undefined, message });
const unsafe = (message: string): NarrativeProblem => ({ constraint: 'txt-1', message });
