// How often one address may knock: floods end in 429 with Retry-After (RFC 6585 §4).
import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { log } from '../log.js';
import type { Records } from '../store/records.js';
import type { Pages } from './pages.js';
import { isAt } from './route.js';

interface Limit {
  /** What is counted. */
  name: string;
  /** How many, in so many seconds, from one address. */
  most: number;
  per: number;
  /** And from all addresses together. */
  altogether?: number;
}

const minute = 60;
const hour = 60 * minute;

/**
 * Registrations leave something behind, and documents are fetched from somewhere: these are what a
 * flood would aim at. The rest is generous, because a whole office may share an address.
 */
export const limits = {
  registration: { name: 'registration', most: 100, per: hour, altogether: 3_000 },
  document: { name: 'document', most: 30, per: hour, altogether: 1_000 },
  token: { name: 'token', most: 300, per: minute },
  page: { name: 'page', most: 120, per: minute },
} satisfies Record<string, Limit>;

/** @param trusted how many proxies stand before this server; each adds one `X-Forwarded-For` entry */
export function createRateLimits(records: Records, trusted: number, pages: Pages) {
  /** Counts one more. @returns the seconds to wait, if it is one too many */
  async function knock({ name, most, per, altogether }: Limit, address: string) {
    const own = await records.count(`rate:${name}:${address}`, per);
    if (own.count > most) return own.left;
    if (altogether === undefined) return undefined;
    const all = await records.count(`rate:${name}`, per);
    return all.count > altogether ? all.left : undefined;
  }

  async function isWithin(limit: Limit, request: IncomingMessage): Promise<boolean> {
    const address = addressOf(request, trusted);
    const wait = await knock(limit, address);
    if (wait !== undefined) log.warn({ limit: limit.name, address }, 'Too many requests');
    return wait === undefined;
  }

  async function middleware(ctx: KoaContextWithOIDC, next: () => Promise<unknown>) {
    const limit = limitOf(ctx.path, ctx.method);
    const address = addressOf(ctx.req, trusted);
    const wait = limit && (await knock(limit, address));
    if (limit === undefined || wait === undefined) return next();
    log.warn({ limit: limit.name, address }, 'Too many requests');
    const retryAfter = Math.max(1, Math.ceil(wait));
    return pages.decline(ctx, {
      status: 429,
      error: 'temporarily_unavailable',
      description: `There are too many requests. Try again in ${retryAfter} seconds.`,
      retryAfter,
    });
  }

  return { middleware, isWithin };
}

export type RateLimits = ReturnType<typeof createRateLimits>;

function limitOf(path: string, method: string): Limit | undefined {
  if (method === 'OPTIONS' || path.startsWith('/.well-known/')) return undefined;
  if (isAt(path, '/oauth/register')) return limits.registration;
  if (isAt(path, '/oauth/token') || isAt(path, '/oauth/revoke')) return limits.token;
  return isAt(path, '/oauth/jwks') ? undefined : limits.page;
}

/**
 * Who knocks. Of what `X-Forwarded-For` says, only what our own proxies have added is believed; for
 * IPv6 it is the network, because one person has all addresses of it.
 */
function addressOf({ headers, socket }: IncomingMessage, trusted: number): string {
  const forwarded = [headers['x-forwarded-for'] ?? []]
    .flat()
    .join(',')
    .split(/[\s,]+/);
  const chain = [...forwarded.filter(Boolean), socket.remoteAddress ?? 'unknown'];
  const address = withoutPort(chain[Math.max(0, chain.length - 1 - trusted)] ?? 'unknown');
  if (!isIPv6(address) || address.toLowerCase().startsWith('::ffff:')) return address;
  return `${expand(address).slice(0, 4).join(':')}::/64`;
}

/** Some proxies (Azure Application Gateway) write the port as well, and each connection has its own. */
function withoutPort(address: string): string {
  return address.replace(/^\[(.+)\](:\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1');
}

/** The eight groups of an IPv6 address. */
function expand(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const before = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...new Array<string>(zeros).fill('0'), ...after];
}
