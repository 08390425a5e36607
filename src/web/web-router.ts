/** Pages for people at the root of the service, and their style sheet. */
import { Router } from 'express';
import { setPagePolicy } from '../http/security-headers.ts';
import { type LandingFacts, landingPage } from './landing-page.ts';
import { STYLE, STYLE_PATH } from './page.ts';

export function webRouter(facts: LandingFacts): Router {
  const router = Router();
  router.get('/', (_request, response) => {
    setPagePolicy(response);
    response.type('html').send(landingPage(facts));
  });
  router.get(STYLE_PATH, (_request, response) => {
    response.setHeader('Cache-Control', 'public, max-age=3600');
    response.type('css').send(STYLE);
  });
  return router;
}
