/** An MCP client as far as faults go: it calls a tool, refreshes its tokens, and tells what it saw. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Login } from '../bench/login-client.js';
import { createMessage } from '../bench/messages.js';

export interface Seen {
  /** 0 when there was no answer. */
  status: number;
  /** The word that says what is wrong: of OAuth, or of the system. */
  error?: string | undefined;
  retryAfter?: string | undefined;
  milliseconds: number;
  body: Record<string, unknown>;
}

/** Calls a tool, with `tools/list` of 2025-11-25. */
export function call({ port }: { port: number }, token?: string): Promise<Seen> {
  const { headers, body } = createMessage('tools/list', 'legacy', 1);
  const authorization = token !== undefined && { authorization: `Bearer ${token}` };
  return ask(`http://127.0.0.1:${port}/mcp`, {
    method: 'POST',
    headers: { ...headers, ...authorization },
    body,
  });
}

/** Uses the refresh token of a login, and keeps what comes of it. */
export async function refresh({ port }: { port: number }, login: Login): Promise<Seen> {
  const { clientId: client_id, refreshToken: refresh_token } = login;
  const fields = { grant_type: 'refresh_token', client_id, refresh_token };
  const seen = await ask(`http://127.0.0.1:${port}/oauth/token`, {
    method: 'POST',
    headers: { 'x-forwarded-for': nextAddress() },
    body: new URLSearchParams(fields),
  });
  if (seen.status === 200) {
    login.accessToken = String(seen.body.access_token);
    login.refreshToken = String(seen.body.refresh_token);
  }
  return seen;
}

let addresses = 0;

/** An address that nobody came from before: who comes too often is sent away. */
export function nextAddress(): string {
  addresses++;
  return `10.${[16, 8, 0].map((bits) => (addresses >> bits) & 255).join('.')}`;
}

export async function ask(url: string, request: RequestInit = {}): Promise<Seen> {
  const started = performance.now();
  const elapsed = () => performance.now() - started;
  try {
    const signal = AbortSignal.timeout(60_000);
    const response = await fetch(url, { redirect: 'manual', signal, ...request });
    const text = await response.text();
    const body = text.startsWith('{') ? JSON.parse(text) : {};
    const error = typeof body.error === 'string' ? body.error : undefined;
    const retryAfter = response.headers.get('retry-after') ?? undefined;
    return { status: response.status, error, retryAfter, milliseconds: elapsed(), body };
  } catch (error) {
    const { name, cause } = error as Error & { cause?: { code?: string } };
    return { status: 0, error: cause?.code ?? name, milliseconds: elapsed(), body: {} };
  }
}

/** `503 temporarily_unavailable after 4.0 s`. */
export function describe({ status, error, retryAfter, milliseconds }: Seen): string {
  const words = [
    status === 0 ? 'no answer' : String(status),
    ...(error === undefined ? [] : [error]),
    ...(retryAfter === undefined ? [] : [`(try again in ${retryAfter} s)`]),
    ...(milliseconds < 1_000 ? [] : [`after ${seconds(milliseconds)}`]),
  ];
  return words.join(' ');
}

/** @param milliseconds @returns `1.2 s` */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}

/**
 * Asks again and again, until it is answered by 200 or patience, in milliseconds, ends.
 * @returns how long that took, and the statuses on the way
 */
export async function untilServed(action: () => Promise<Seen>, patience: number) {
  const started = performance.now();
  const met = new Map<number, number>();
  for (;;) {
    const { status } = await action();
    met.set(status, (met.get(status) ?? 0) + 1);
    const elapsed = performance.now() - started;
    if (status === 200 || elapsed > patience) return { elapsed, served: status === 200, met };
    await pause(100);
  }
}

/** `200 × 17, 503 × 4`. */
export function describeStatuses(met: ReadonlyMap<number, number>): string {
  return [...met]
    .sort(([a], [b]) => a - b)
    .map(([status, count]) => `${status === 0 ? 'no answer' : status} × ${count}`)
    .join(', ');
}
