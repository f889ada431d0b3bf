/** What the server makes of the names in a request: Origin, Host, and those that proxies add. */
import { isLoopbackHost } from './addresses.js';
import type { Endpoint } from './endpoint.js';
import { type Catalogue, type Checked, type Finding, findingsOf } from './finding.js';
import { objectOf, redirectOf } from './http.js';
import type { ResourceMetadata } from './resource-metadata.js';
import { initializeRequest } from './rpc.js';
import { specification } from './specification.js';
import { spell } from './text.js';
import type { Tools } from './tools.js';

const rules = specification.transport;

export const namesFindings = {
  'names-good': { level: 'ok', title: 'Foreign names in requests change nothing' },
  'origin-accepted': {
    level: 'warning',
    title: 'The server serves pages of foreign websites',
    why: 'It answered a request with a foreign Origin and no token. A website can use an open server through the browser of whoever visits it (DNS rebinding).',
    cure: 'Refuse unknown origins with 403.',
    page: rules,
  },
  'host-accepted': {
    level: 'warning',
    title: 'The server answers to any host name',
    why: 'It is on this machine and asks for no login. A website whose name is made to point here can use it.',
    cure: 'Accept only the host names of the server (and loopback names) in the Host header.',
    page: rules,
  },
  'metadata-from-host': {
    level: 'warning',
    title: 'The metadata repeats whatever host the request names',
    why: 'With a Host or X-Forwarded-Host of their choice others can make caches and clients see metadata of a server that is not yours. Behind a proxy it is also how "localhost" gets into it.',
    cure: 'Take the address from a setting (in a server made by create-mcp-server: PUBLIC_URL), never from the request.',
    page: 'https://www.rfc-editor.org/rfc/rfc9728#section-7.3',
  },
  'slash-redirect': {
    level: 'note',
    title: 'The address redirects when it ends in a slash, or does not',
    why: 'People type both forms, and a client that follows the redirect may lose its token.',
    cure: 'Let the server answer both forms itself.',
    page: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.4',
  },
} as const satisfies Catalogue;

const find = findingsOf(namesFindings);

/** A name that nobody can own (RFC 6761). */
const foreign = 'doctor.invalid';

export async function checkNames(
  { url, protected: asksForLogin }: Endpoint,
  metadata: ResourceMetadata | undefined,
  { http }: Tools,
): Promise<Checked<undefined>> {
  const local = isLoopbackHost(new URL(url).hostname);
  const ask = (headers: Record<string, string>) => http.ask(initializeRequest(url, { headers }));
  const readAs = (headers: Record<string, string>) =>
    metadata && http.ask({ url: metadata.url, from: url, headers });
  const [origin, host, byHost, byForwarded, slashed] = await Promise.all([
    ask({ origin: `https://${foreign}` }),
    // Elsewhere a foreign Host reaches somebody else.
    local ? ask({ host: foreign }) : undefined,
    local ? readAs({ host: foreign }) : undefined,
    readAs({ 'x-forwarded-host': foreign, forwarded: `host=${foreign}` }),
    http.ask(initializeRequest(otherSlash(url))),
  ]);

  const findings: Finding[] = [];
  const served = (answer: typeof origin | undefined) =>
    answer !== undefined && answer.failed === undefined && answer.status < 300;
  if (!asksForLogin && served(origin)) {
    findings.push(find('origin-accepted', { origin: `https://${foreign}` }));
  }
  if (!asksForLogin && served(host)) findings.push(find('host-accepted', { host: foreign }));
  for (const [header, answer] of [
    ['Host', byHost],
    ['X-Forwarded-Host', byForwarded],
  ] as const) {
    if (answer === undefined || answer.failed !== undefined) continue;
    const resource = objectOf(answer)?.resource;
    if (typeof resource !== 'string' || !resource.includes(foreign)) continue;
    findings.push(find('metadata-from-host', { header, resource: spell(resource) }));
    break;
  }
  if (slashed.failed === undefined && redirectOf(slashed) !== undefined) {
    findings.push(find('slash-redirect', { address: otherSlash(url), to: redirectOf(slashed) }));
  }
  if (findings.length === 0) findings.push(find('names-good'));
  return { findings, value: undefined };
}

/** The address with a slash at the end of its path, or without. */
function otherSlash(address: string): string {
  const url = new URL(address);
  url.pathname = url.pathname.endsWith('/') ? url.pathname.slice(0, -1) : `${url.pathname}/`;
  return url.href;
}
