// A `fetch` for addresses that strangers chose: nothing of them is inside our own network.
//
// oidc-provider cuts connections that lead to a special address, and limits size and time. Here
// names are resolved before anything is connected at all, so that nobody can use this server to find
// out what listens inside.
import { lookup as systemLookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** Resolves a name to all of its addresses. */
type Lookup = (hostname: string) => Promise<{ address: string }[]>;

/** Special-purpose addresses (RFC 6890 and the IANA registries that it starts). */
const special = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  special.addSubnet(network, prefix, 'ipv4');
}
// Of IPv6, only 2000::/3 is public at all; inside it, these are not, or lead to IPv4 addresses.
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  special.addSubnet(network, prefix, 'ipv6');
}
const global = new BlockList();
global.addSubnet('2000::', 3, 'ipv6');

/** Whether an address is one of the public internet. */
function isPublicAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  if (isIP(mapped) === 4) return !special.check(mapped, 'ipv4');
  return isIP(mapped) === 6 && global.check(mapped, 'ipv6') && !special.check(mapped, 'ipv6');
}

/** For tests. */
export interface Internet {
  fetch?: typeof globalThis.fetch;
  lookup?: Lookup;
}

/**
 * Reaches public hosts only, and follows nobody elsewhere (MCP, Client ID Metadata Documents:
 * server-side request forgery).
 */
export function createPublicFetch({
  fetch = globalThis.fetch,
  lookup = (hostname) => systemLookup(hostname, { all: true }),
}: Internet): typeof globalThis.fetch {
  return async (input, init) => {
    const { hostname } = new URL(String(input));
    if (!(await isPublicHost(hostname, lookup))) throw new Error(`${hostname} is not public`);
    return fetch(input, { ...init, redirect: 'manual' });
  };
}

/** Whether everything that a host resolves to is public. Names that do not resolve are not. */
async function isPublicHost(hostname: string, lookup: Lookup): Promise<boolean> {
  const literal = hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0) return isPublicAddress(literal);
  const addresses = await lookup(hostname).catch(() => []);
  return addresses.length > 0 && addresses.every(({ address }) => isPublicAddress(address));
}
