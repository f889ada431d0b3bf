// The server where nobody starts it: it is made when the first request comes.
import { allowAnyOrigin } from './guard.js';
import { log } from './log.js';
import type { Handler } from './router.js';
import { StartupError } from './settings.js';

/** How long a start that failed is not tried again, in milliseconds: a flood of requests must not become one at the provider. */
const coolDown = 1_000;
/** How soon a client may try again, in seconds. */
const retryAfter = 5;

/**
 * Makes the app with the first request and keeps it. Requests that come in the meantime wait for the
 * same start; when it fails they are answered 503, and a later request tries again.
 */
export function startLazily(create: () => Promise<Handler>, now = Date.now): Handler {
  let starting: Promise<Handler> | undefined;
  let nextAttempt = 0;

  async function start(): Promise<Handler> {
    try {
      return await create();
    } catch (error) {
      starting = undefined;
      nextAttempt = now() + coolDown;
      throw error;
    }
  }

  return async (request) => {
    if (starting === undefined) {
      if (now() < nextAttempt) return unavailable();
      starting = start();
      starting.catch(report);
    }
    const app = await starting.catch(() => undefined);
    return app === undefined ? unavailable() : app(request);
  };
}

/** The reason is for the log only: it names settings and addresses. */
function report(error: unknown): void {
  if (error instanceof StartupError) log.fatal(error.message);
  else log.fatal({ err: error }, 'The server cannot start');
}

function unavailable(): Response {
  const body = {
    error: 'temporarily_unavailable',
    error_description: 'The server could not start; its log has the reason',
  };
  const headers = { 'retry-after': String(retryAfter), 'cache-control': 'no-store' };
  return allowAnyOrigin(Response.json(body, { status: 503, headers }));
}
