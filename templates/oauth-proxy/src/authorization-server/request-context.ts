// What oidc-provider remembers of the request it is at, put away while it is at none.
import type { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import requestContext from 'oidc-provider/lib/helpers/als.js';

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Before Node 24, one `AsyncLocalStorage` in use makes every promise of the process slower, those of
 * tool calls too, from the first login on. Between two requests nothing of oidc-provider runs.
 * @param answer oidc-provider; it starts to use the context again by itself
 */
export function forgetBetween(
  answer: Answer,
  context: Pick<AsyncLocalStorage<unknown>, 'disable'> = requestContext,
): Answer {
  let running = 0;
  return async (request, response) => {
    running += 1;
    try {
      await answer(request, response);
    } finally {
      running -= 1;
      if (running === 0) context.disable();
    }
  };
}
