/**
 * `/livez`: the process answers. `/readyz`: the store answers too. Neither says anything about the data.
 */
import { Router } from 'express';

export interface HealthParts {
  /** Asks the store for a sign of life; throws when there is none. */
  ping(): Promise<void>;
}

export function healthRouter({ ping }: HealthParts): Router {
  const router = Router();
  router.get('/livez', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    try {
      await ping();
      response.json({ status: 'ready' });
    } catch {
      response.status(503).setHeader('Retry-After', '5').json({ status: 'store unavailable' });
    }
  });
  return router;
}
