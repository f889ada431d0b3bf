/**
 * How the doctor asks: every request bounded in time and size, no redirect followed unless a check
 * says so, failures told apart, and no address fetched that a stranger's document should not name.
 */
import { isIP } from 'node:net';
import { isPrivateAddress, isPrivateName } from './addresses.js';
import { classifyFailure, type FailureReason } from './failure.js';
import { within } from './limit.js';
import type { Fetch } from './node-fetch.js';
import { readBody, TooLarge } from './read-body.js';

export interface Answer {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The addresses that redirected here, the first one first. */
  readonly hops: readonly string[];
  readonly failed?: never;
}

export interface Failure {
  readonly url: string;
  readonly failed: FailureReason;
  /** The system's own words: a code, an address. */
  readonly detail: string;
  readonly hops: readonly string[];
}

export interface Question {
  readonly url: string;
  readonly method?: string;
  /** Several values are sent as several headers. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  /** The document that named this address; absent: the person did. */
  readonly from?: string;
  /** Asked although the person cancelled: it puts away what was made before. */
  readonly afterwards?: true;
}

export interface Http {
  /** One request; redirects are answers. Never throws, unless the person cancelled. */
  ask(question: Question): Promise<Answer | Failure>;
  /** A public document: GET, following a few redirects as clients do. Never takes a token. */
  read(url: string, from?: string): Promise<Answer | Failure>;
  /** Why an address that a document names must not be visited, by `ask` or by a person; none: it may. */
  refuse(url: string, from?: string): Promise<Failure | undefined>;
}

export interface HttpOptions {
  readonly fetch: Fetch;
  /** The addresses of a host name. @throws Error with the resolver's code */
  readonly resolve: (host: string) => Promise<readonly string[]>;
  readonly proxyFor: (url: URL) => URL | undefined;
  /** For one answer, in milliseconds. */
  readonly timeout: number;
  /** Fetch private addresses that public documents name. */
  readonly allowPrivate: boolean;
  /** The person's: aborted when they cancel. */
  readonly signal: AbortSignal;
  readonly userAgent: string;
}

/** As many redirects of a document as anybody needs. */
const mostHops = 3;

export function createHttp(options: HttpOptions): Http {
  const { fetch, proxyFor, timeout, allowPrivate, signal, userAgent } = options;
  const nobody = new AbortController().signal;
  // A name means the same throughout, so that it cannot be public when looked at and private later.
  const known = new Map<string, Promise<readonly string[]>>();

  async function addressesOf(host: string): Promise<readonly string[]> {
    const bare = host.replace(/^\[|\]$/g, '');
    if (isIP(bare) !== 0) return [bare];
    const found = known.get(host) ?? within(timeout, signal, () => options.resolve(bare));
    known.set(host, found);
    return found;
  }

  /** Whether what a document names must not be fetched, because only insiders could name it. */
  async function leadsInside(from: URL, target: URL): Promise<boolean> {
    if (allowPrivate || target.origin === from.origin) return false;
    // Who has a public address besides a private one is no insider; where one leads inside, it may.
    if (await judgeHost(from, (addresses) => addresses.every(isPrivateAddress))) return false;
    return judgeHost(target, (addresses) => addresses.some(isPrivateAddress));
  }

  async function judgeHost(
    { hostname }: URL,
    judge: (addresses: readonly string[]) => boolean,
  ): Promise<boolean> {
    try {
      return judge(await addressesOf(hostname));
    } catch {
      // Only a proxy can know this name; what it looks like has to do.
      return isPrivateName(hostname);
    }
  }

  async function refuse(url: string, from?: string): Promise<Failure | undefined> {
    const fail = failureOf(url);
    if (!URL.canParse(url)) return fail('address', 'not an absolute URL');
    const target = new URL(url);
    if (!/^https?:$/.test(target.protocol)) return fail('address', `scheme ${target.protocol}`);
    if (target.username !== '' || target.password !== '') {
      return fail('address', 'it contains a user name or a password');
    }
    if (from === undefined || !(await leadsInside(new URL(from), target))) return undefined;
    const addresses = await addressesOf(target.hostname).catch(() => []);
    return fail('private', addresses.join(', ') || target.hostname);
  }

  async function ask(question: Question): Promise<Answer | Failure> {
    const { url, method = 'GET', headers = {}, body, from, afterwards } = question;
    const person = afterwards ? nobody : signal;
    const fail = failureOf(url);
    person.throwIfAborted();
    try {
      const refusal = await refuse(url, from);
      if (refusal !== undefined) return refusal;
      const target = new URL(url);
      const proxy = proxyFor(target);
      if (proxy !== undefined && !/^https?:$/.test(proxy.protocol)) {
        return fail('proxy-kind', `${proxy.protocol}//${proxy.host}`);
      }
      const addresses = proxy === undefined ? await addressesOf(target.hostname) : undefined;
      return await within(timeout, person, async (limit) => {
        const response = await fetch(url, {
          method,
          headers: { 'user-agent': userAgent, 'accept-encoding': 'identity', ...headers },
          ...(body !== undefined && { body }),
          signal: limit,
          ...(addresses && { addresses }),
          ...(proxy && { proxy }),
        });
        const { status } = response;
        // A proxy that wants a password answers for everybody (RFC 9110 §15.5.8).
        if (status === 407) return fail('proxy', 'status 407: it wants credentials');
        const text = await readBody(response, limit);
        return { url, status, headers: response.headers, text, hops: [] };
      });
    } catch (error) {
      person.throwIfAborted();
      if (error instanceof TooLarge) return fail('size', error.message);
      const { reason, detail } = classifyFailure(error, timeout);
      return fail(reason, detail);
    }
  }

  async function read(url: string, from?: string): Promise<Answer | Failure> {
    const hops: string[] = [];
    let next = url;
    let source = from;
    for (;;) {
      const answer = await ask({
        url: next,
        headers: { accept: 'application/json' },
        ...(source !== undefined && { from: source }),
      });
      if (answer.failed !== undefined) return { ...answer, hops };
      const target = redirectOf(answer);
      if (target === undefined || hops.length === mostHops) return { ...answer, hops };
      hops.push(next);
      source = next;
      next = target;
    }
  }

  return { ask, read, refuse };
}

function failureOf(url: string) {
  return (failed: FailureReason, detail: string): Failure => ({ url, failed, detail, hops: [] });
}

/** Where an answer redirects to, absolute; undefined if it does not. */
export function redirectOf({ url, status, headers }: Answer): string | undefined {
  const location = headers.get('location');
  if (status < 300 || status >= 400 || location === null) return undefined;
  return URL.canParse(location, url) ? new URL(location, url).href : undefined;
}

/** The body as JSON; undefined if it is none. */
function jsonOf({ text }: Answer): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The body if it is a JSON object: what every document of OAuth is. */
export function objectOf(answer: Answer): Readonly<Record<string, unknown>> | undefined {
  const value = jsonOf(answer);
  const object = typeof value === 'object' && value !== null && !Array.isArray(value);
  return object ? (value as Record<string, unknown>) : undefined;
}

/** What an answer is when it is not what was expected. */
export function describeBody({ text, headers }: Answer): string {
  const type = headers.get('content-type')?.split(';')[0]?.trim() || 'of no type';
  if (text.trim() === '') return 'an empty body';
  const page = /^\s*(?:<!doctype|<html)/i.test(text.slice(0, 500));
  const encoding = headers.get('content-encoding');
  return `${page ? 'a web page' : 'something else'} (${type}${encoding ? `, ${encoding}` : ''})`;
}
