// Fetching a JSON document from the provider, with its failures told apart.
import { setTimeout as pause } from 'node:timers/promises';

/** How to fetch. */
export interface Fetching {
  fetch: typeof globalThis.fetch;
  /** Ends every attempt. */
  deadline?: AbortSignal;
  /** Told of work that no request waits for: some platforms end it with the request otherwise. */
  background?: (work: Promise<void>) => void;
}

/** Why a document could not be had; the message continues a sentence that begins with its URL. */
export class FetchProblem extends Error {
  constructor(
    /** Nobody answered; nothing is there; something else is there. */
    readonly kind: 'unreachable' | 'missing' | 'invalid',
    message: string,
  ) {
    super(message);
  }
}

/** How long one answer may take, in milliseconds. */
const timeout = 4_000;
/** The most that an answer may be, in bytes: it is only metadata, keys, tokens, or facts. */
const largest = 1024 ** 2;
/** Between tries, in milliseconds. */
const pauses = [200, 800];

/** What `retrying` takes for "not yet". */
interface Again<T> {
  again: true;
  value: T;
}

/** Runs `action` up to three times, until it stops asking for another try or time is up. */
export async function retrying<T>(
  { deadline }: Fetching,
  action: () => Promise<T | Again<T>>,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const result = await action();
    if (!isAgain(result)) return result;
    const next = pauses[attempt];
    if (next === undefined || deadline?.aborted) return result.value;
    await pause(next);
  }
}

/**
 * Fetches `url`. Redirects are not followed: the address itself is what was configured and trusted.
 * @throws {FetchProblem}
 */
export async function fetchJson(url: string, { fetch, deadline }: Fetching): Promise<unknown> {
  const limit = AbortSignal.timeout(timeout);
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      headers: { accept: 'application/json' },
      redirect: 'manual',
      signal: deadline ? AbortSignal.any([limit, deadline]) : limit,
    });
    text = await readText(response);
  } catch (error) {
    if (error instanceof FetchProblem) throw error;
    throw new FetchProblem('unreachable', `does not answer (${reasonOf(error)})`);
  }
  const { status, headers } = response;
  if (status >= 500 || status === 429) {
    throw new FetchProblem('unreachable', `answered with status ${status}`);
  }
  if (status >= 300 && status < 400) {
    const target = headers.get('location') ?? 'nowhere';
    throw new FetchProblem('invalid', `redirects to ${target}, and redirects are not followed`);
  }
  if (!response.ok) throw new FetchProblem('missing', `answered with status ${status}`);
  try {
    return JSON.parse(text);
  } catch {
    const type = headers.get('content-type') ?? 'of no type';
    throw new FetchProblem('invalid', `answered with something that is not JSON (${type})`);
  }
}

/**
 * Reads a body, but not an endless one.
 * @throws {FetchProblem}
 */
export async function readText({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  const reader = body?.getReader();
  for (let size = 0; reader !== undefined; ) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > largest) {
      void reader.cancel();
      throw new FetchProblem('invalid', `answered with over ${largest} bytes`);
    }
    chunks.push(value);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** Node hides why a fetch failed (DNS, TLS, a refused connection) in the error's cause. */
function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  if (name === 'TimeoutError') return 'it took too long';
  return cause?.code ?? cause?.message ?? message;
}

function isAgain<T>(result: T | Again<T>): result is Again<T> {
  return typeof result === 'object' && result !== null && 'again' in result;
}
