/** The first page: what runs here, and where to go. */
import { html } from './html.ts';
import { renderPage } from './page.ts';

export interface LandingFacts {
  /** Public address of the service, without a trailing slash. */
  baseUrl: string;
  softwareVersion: string;
  /** `embedded` or `PostgreSQL`. */
  engineName: string;
}

export function landingPage({ baseUrl, softwareVersion, engineName }: LandingFacts): string {
  const fhir = `${baseUrl}/fhir/R4`;
  const links: readonly (readonly [href: string, text: string, what: string])[] = [
    [`${baseUrl}/mentoring/docs`, 'Records API', 'how a mentoring agency sends and reads its records'],
    [`${baseUrl}/mentoring/openapi.json`, 'OpenAPI document', 'the same for machines'],
    [`${fhir}/metadata`, 'CapabilityStatement', 'what the FHIR API offers'],
    [`${fhir}/Patient`, 'Youths as Patient', 'search sets, page by page'],
    [`${fhir}/Encounter?_sort=-date&_count=20`, 'Latest sessions as Encounter', 'newest first'],
    [`${fhir}/ServiceRequest?status=active`, 'Active referrals as ServiceRequest', ''],
    [`${fhir}/StructureDefinition`, 'Profiles', 'the implementation guide Therapeutic Mentoring'],
  ];
  return renderPage({
    title: 'mentoring-fhir',
    content: html`<h1>mentoring-fhir</h1>
<p>Therapeutic mentoring records in, validated FHIR R4 out. Version ${softwareVersion}, ${engineName} store.</p>
<h2>Look around</h2>
<ul>
${links.map(([href, text, what]) => html`<li><a href="${href}">${text}</a>${what ? `: ${what}` : ''}</li>\n`)}
</ul>
<h2>Send a record</h2>
<pre>curl -X PUT ${baseUrl}/mentoring/organizations/school-1 \\
  -H 'Content-Type: application/json' \\
  -d '{"id":"school-1","kind":"school","name":"Lincoln Middle School"}'</pre>
<p class="quiet">A second identical request changes nothing; DELETE marks the record, it never erases its history.</p>`,
  });
}
