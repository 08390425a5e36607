/**
 * While the service is a sandbox without authorization it answers only to the names it was given.
 *
 * Spec: https://www.rfc-editor.org/rfc/rfc9110#section-7.4 (a request for another host is misdirected)
 *
 * A web page of anybody may lead the browser to loopback under a name of its own (DNS rebinding) and would then read
 * what the service holds. The browser says in `Host` which name it used.
 */
import type { RequestHandler } from 'express';
import { FhirError, issue } from '../outcome/fhir-error.ts';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** `names` are further host names without a port, such as that of BASE_URL. */
export function requireKnownHost(names: readonly string[]): RequestHandler {
  const known = new Set(names.map((name) => name.toLowerCase()));
  return (request, _response, next) => {
    const name = (request.headers.host ?? '').toLowerCase().replace(/:\d+$/, '');
    if (!LOOPBACK.test(name) && !known.has(name)) {
      throw new FhirError(421, [
        issue(
          'security',
          'This sandbox answers to loopback names and the host of BASE_URL only. Set BASE_URL to add one.',
        ),
      ]);
    }
    next();
  };
}
