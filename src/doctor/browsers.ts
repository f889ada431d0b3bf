/** Clients in browsers: may they read what they need (Fetch standard, CORS protocol)? */
import type { Endpoint } from './endpoint.js';
import { type Catalogue, type Checked, type Finding, findingsOf } from './finding.js';
import { wellKnownAddresses } from './resource-metadata.js';
import type { Tools } from './tools.js';

const cors = 'https://fetch.spec.whatwg.org/#http-cors-protocol';

export const browserFindings = {
  'cors-good': { level: 'ok', title: 'Clients in browsers can use the server' },
  'cors-preflight': {
    level: 'warning',
    title: 'The preflight of browsers is refused',
    why: 'Before a POST with a token browsers send OPTIONS without one. A server that wants a login for it, or does not know it, cannot be used from a web page; the MCP Inspector reports a network error.',
    cure: 'Answer OPTIONS before the check of the token: put CORS first.',
    page: cors,
  },
  'cors-origin': {
    level: 'warning',
    title: 'Clients in browsers are not let in',
    why: 'Browsers keep the answers from a page whose origin Access-Control-Allow-Origin does not name. That of the MCP Inspector was tried.',
    cure: 'Send Access-Control-Allow-Origin with the preflight and with every other answer. If the server does, something in front of it drops the header. If only some pages are to use the server, this is as it should be.',
    page: cors,
  },
  'cors-headers': {
    level: 'warning',
    title: 'Browsers may not send all the headers that clients need',
    why: 'A header that the preflight does not allow stops the request.',
    cure: 'Allow them in Access-Control-Allow-Headers: Authorization, Content-Type, Mcp-Protocol-Version, Mcp-Method, Mcp-Name, and Mcp-Session-Id for clients of 2025.',
    page: cors,
  },
  'cors-expose': {
    level: 'warning',
    title: 'Clients in browsers cannot read the challenge',
    why: 'Without Access-Control-Expose-Headers: WWW-Authenticate they see a 401 and nothing else.',
    cure: 'Expose WWW-Authenticate (and Mcp-Session-Id) on every answer, the 401 included.',
    page: cors,
  },
  'cors-metadata': {
    level: 'warning',
    title: 'Clients in browsers cannot read the protected resource metadata',
    why: 'It has no Access-Control-Allow-Origin, so browsers keep it from the page.',
    cure: 'Send Access-Control-Allow-Origin: * with it: it is public.',
    page: cors,
  },
} as const satisfies Catalogue;

const find = findingsOf(browserFindings);

/** Where the MCP Inspector runs: a client in a browser that every server should let in. */
const inspector = 'http://localhost:6274';
const needed = ['authorization', 'content-type', 'mcp-protocol-version', 'mcp-method', 'mcp-name'];

/** @param metadataUrl where the protected resource metadata was found, if it was */
export async function checkBrowsers(
  { url, protected: asksForLogin, gated }: Endpoint,
  metadataUrl: string | undefined,
  { http }: Tools,
): Promise<Checked<undefined>> {
  const [preflight, answer, metadata] = await Promise.all([
    http.ask({
      url,
      method: 'OPTIONS',
      headers: {
        origin: inspector,
        'access-control-request-method': 'POST',
        'access-control-request-headers': needed.join(','),
      },
    }),
    gated[0]({ headers: { origin: inspector } }),
    http.ask({
      url: metadataUrl ?? wellKnownAddresses(url).inserted,
      from: url,
      headers: { origin: inspector, accept: 'application/json' },
    }),
  ]);
  // The server answered a moment ago; what fails now says nothing about browsers.
  if (preflight.failed !== undefined || answer.failed !== undefined) {
    return { findings: [], value: undefined };
  }
  const { status, headers } = preflight;
  // Without it nothing else is ever reached.
  const refused = status < 200 || status >= 300;
  if (refused || !allows(headers)) {
    const allowed = headers.get('access-control-allow-origin') ?? 'missing';
    const seen = {
      origin: inspector,
      status: String(status),
      'access-control-allow-origin': allowed,
    };
    const id = refused ? 'cors-preflight' : 'cors-origin';
    return { findings: [find(id, seen)], value: undefined };
  }
  const findings: Finding[] = [];
  const missing = missingHeaders(headers);
  if (missing.length > 0) {
    const allowed = headers.get('access-control-allow-headers') ?? 'none';
    findings.push(find('cors-headers', { allowed, missing: missing.join(', ') }));
  }
  if (asksForLogin && !(allows(answer.headers) && exposes(answer.headers))) {
    const exposed = answer.headers.get('access-control-expose-headers') ?? 'none';
    const allowed = answer.headers.get('access-control-allow-origin') ?? 'none';
    findings.push(find('cors-expose', { 'allowed origin': allowed, exposed }));
  }
  if (
    metadataUrl !== undefined &&
    metadata.failed === undefined &&
    metadata.status === 200 &&
    !allows(metadata.headers)
  ) {
    findings.push(find('cors-metadata', { at: metadataUrl }));
  }
  if (findings.length === 0) findings.push(find('cors-good', { origin: inspector }));
  return { findings, value: undefined };
}

function allows(headers: Headers): boolean {
  const origin = headers.get('access-control-allow-origin');
  return origin === '*' || origin === inspector;
}

function missingHeaders(headers: Headers): string[] {
  const allowed = namesIn(headers.get('access-control-allow-headers'));
  // The wildcard does not cover Authorization (Fetch, CORS non-wildcard request-header name).
  const covered = (name: string) =>
    allowed.includes(name) || (allowed.includes('*') && name !== 'authorization');
  return needed.filter((name) => !covered(name));
}

function exposes(headers: Headers): boolean {
  const exposed = namesIn(headers.get('access-control-expose-headers'));
  return exposed.includes('www-authenticate') || exposed.includes('*');
}

function namesIn(list: string | null): string[] {
  return (list ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
}
