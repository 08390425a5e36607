/**
 * Response headers that keep browsers from doing more than we meant.
 *
 * Spec: https://hl7.org/fhir/R4/security.html, https://www.w3.org/TR/CSP3/
 */
import type { ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';

/** For every answer: no guessing of types, no referrer with ids in it, no frames, no sources for JSON. */
export function securityHeaders(): RequestHandler {
  return (_request, response, next) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'; sandbox");
    next();
  };
}

interface PagePolicy {
  /** Hosts that may show the page in a frame, such as an EHR's. Default none. */
  frameAncestors?: readonly string[];
  /** Where its forms may lead besides this service. */
  formAction?: readonly string[];
}

/** For an HTML page of ours: styles, scripts and images from this origin only, no inline code, never cached. */
export function setPagePolicy(response: ServerResponse, policy: PagePolicy = {}): void {
  const ancestors = policy.frameAncestors?.length ? policy.frameAncestors.join(' ') : "'none'";
  const directives = [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    `form-action ${["'self'", ...(policy.formAction ?? [])].join(' ')}`,
    `frame-ancestors ${ancestors}`,
    "base-uri 'none'",
  ];
  response.setHeader('Content-Security-Policy', directives.join('; '));
  response.setHeader('Cache-Control', 'no-store');
}
