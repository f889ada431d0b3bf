// Every request to the provider goes through here: trouble of the provider is told apart from what it says.
import { readText } from '../auth/fetch-json.js';
import { isLoopback } from '../settings.js';
import { ProviderUnavailable } from './errors.js';
import { straighten } from './odd-answers.js';

/** As the libraries call it: they set method, body, headers, time limit, and follow no redirects. */
export type ProviderFetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * @param tokenEndpoint whose answers are brought into form
 * @param without a member of those answers that nobody will read
 */
export function createProviderFetch(
  fetch: typeof globalThis.fetch,
  tokenEndpoint: string,
  without?: string,
): ProviderFetch {
  return async (address, init) => {
    const url = new URL(address);
    // Without the query, which may hold anything.
    const endpoint = url.origin + url.pathname;
    // RFC 6749 §3.2, RFC 6750 §5.2: credentials travel over TLS only, except on this machine.
    if (url.protocol !== 'https:' && !isLoopback(url)) {
      throw new ProviderUnavailable({ endpoint, reason: 'it is not https' });
    }
    const { response, text } = await ask(fetch, url, init).catch((error: unknown) => {
      throw new ProviderUnavailable({ endpoint, reason: reasonOf(error) });
    });
    const { status, headers } = response;
    if (status >= 500 || status === 429) throw new ProviderUnavailable({ endpoint, status });
    const answer = { status, type: headers.get('content-type') ?? '', text };
    return url.href === new URL(tokenEndpoint).href
      ? withText(straighten(answer, without), headers)
      : withText(answer, headers);
  };
}

/** Body and all: a connection that breaks in the middle is a broken connection, not a bad answer. */
async function ask(fetch: typeof globalThis.fetch, url: URL, init: RequestInit) {
  const response = await fetch(url, init);
  return { response, text: await readText(response) };
}

function withText(answer: { status: number; type: string; text: string }, from: Headers): Response {
  const headers = new Headers(from);
  headers.set('content-type', answer.type);
  // It was decoded when it was read.
  headers.delete('content-encoding');
  // Some statuses allow no body, not even an empty one.
  return new Response(answer.text === '' ? null : answer.text, { status: answer.status, headers });
}

/** Node hides why a fetch failed (DNS, TLS, a refused connection) in the error's cause. */
function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error & { cause?: { code?: string } };
  return name === 'TimeoutError' ? 'it took too long' : (cause?.code ?? message);
}
