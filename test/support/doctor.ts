/** The doctor, as tests use it: on loopback, with everything that can be injected. */
import { lookup } from 'node:dns/promises';
import { createHttp, type HttpOptions } from '../../src/doctor/http.js';
import { nodeFetch } from '../../src/doctor/node-fetch.js';
import { summarise } from '../../src/doctor/report.js';
import { type Diagnosis, diagnose, type Target } from '../../src/doctor/run.js';
import { createSecrets } from '../../src/doctor/secrets.js';
import type { Tools } from '../../src/doctor/tools.js';

export function createTools(changes: Partial<HttpOptions> = {}, now = Date.now): Tools {
  return {
    now,
    http: createHttp({
      fetch: nodeFetch,
      resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
      proxyFor: () => undefined,
      timeout: 5_000,
      allowPrivate: false,
      signal: new AbortController().signal,
      userAgent: 'test',
      ...changes,
    }),
  };
}

export function examine(
  url: string,
  target: Partial<Target> = {},
  tools = createTools(),
): Promise<Diagnosis> {
  return diagnose({ url, register: false, ...target }, createSecrets(), tools);
}

/** The identifiers of what is wrong: problems, then warnings. */
export function complaints(diagnosis: Diagnosis): string[] {
  const { problems, warnings } = summarise(diagnosis);
  return [...problems, ...warnings].map(({ id }) => id);
}

interface Asked {
  url: URL;
  method: string;
  headers: Headers;
  body: string;
}

type Reply = (asked: Asked) => Response | undefined;

export const mcpUrl = 'https://mcp.example.com/mcp';
export const issuer = 'https://login.example.com';

/** Public addresses of the hosts that there are. */
const addresses: Record<string, string> = {
  'mcp.example.com': '93.184.215.14',
  'login.example.com': '93.184.215.15',
  'acme.eu.auth0.com': '93.184.215.16',
  'intranet.example.com': '10.0.0.5',
};

/**
 * A public server and its provider, in memory, who do everything right except what `reply` says.
 *
 * @returns tools that know nothing else, and what was asked: method and address
 */
export function createNetwork(
  reply: Reply = () => undefined,
  { from = issuer, ...changes }: Partial<HttpOptions> & { from?: string } = {},
) {
  const asked: string[] = [];
  const bodies: string[] = [];
  const tools = createTools({
    resolve: async (host) => {
      const address = addresses[host];
      if (address === undefined) throw Object.assign(new Error(host), { code: 'ENOTFOUND' });
      return [address];
    },
    fetch: async (address, { method, headers, body = '' }) => {
      asked.push(`${method} ${address}`);
      bodies.push(body);
      const given = { url: new URL(address), method, headers: new Headers(headers), body };
      return reply(given) ?? healthy(given, from);
    },
    ...changes,
  });
  return { tools, asked, bodies };
}

function healthy({ url, method, headers, body }: Asked, from: string): Response {
  const cors = {
    'access-control-allow-origin': '*',
    'access-control-allow-headers':
      'authorization, content-type, mcp-protocol-version, mcp-method, mcp-name',
    'access-control-expose-headers': 'www-authenticate',
  };
  const { hostname, pathname } = url;
  if (hostname === 'mcp.example.com') {
    if (pathname.startsWith('/.well-known/oauth-protected-resource')) {
      const document = { resource: mcpUrl, authorization_servers: [from], scopes_supported: ['a'] };
      return Response.json(document, { headers: cors });
    }
    if (method === 'OPTIONS') return new Response(null, { status: 204, headers: cors });
    if (headers.has('authorization')) {
      return Response.json({ jsonrpc: '2.0', id: 1, result: {} }, { headers: cors });
    }
    const challenge = `Bearer resource_metadata="https://${hostname}/.well-known/oauth-protected-resource/mcp"`;
    return new Response(null, { status: 401, headers: { ...cors, 'www-authenticate': challenge } });
  }
  const base = from.replace(/\/$/, '');
  if (pathname === '/.well-known/openid-configuration') {
    return Response.json({
      issuer: from,
      authorization_endpoint: `${base}/authorize`,
      token_endpoint: `${base}/token`,
      registration_endpoint: `${base}/register`,
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
    });
  }
  if (pathname === '/register') {
    return Response.json({ ...JSON.parse(body), client_id: 'c-1' }, { status: 201 });
  }
  if (pathname === '/authorize') return new Response('<html>Log in', { status: 200 });
  if (pathname === '/token') return Response.json({ error: 'invalid_grant' }, { status: 400 });
  return new Response(null, { status: 404 });
}
