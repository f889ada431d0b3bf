/**
 * One engine that plays every identity provider: an authorization server on a port of its own, which
 * does what its data (test/simulations) says and nothing else.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fill } from '../../src/providers/variables.js';
import type { Facts, Grant, Place, Simulation, TokenShape } from './simulation-data.js';
import { createLogin } from './simulation-login.js';
import type { Preset } from './simulation-preset.js';
import { createMint } from './simulation-tokens.js';

export interface Provider extends AsyncDisposable {
  /** What OAUTH_ISSUER_URL has to be. */
  issuer: string;
  /** The MCP endpoint, as an administrator registers it with the provider. */
  endpoint: string;
  /** The client that an administrator has registered. */
  readonly client: string;
  readonly facts: Facts;
  /** A token for this server, of the provider's shape or of another. */
  accessToken(shape?: TokenShape): Promise<string>;
  idToken(): Promise<string>;
}

/** The credentials of the resource server at the introspection endpoint. */
export const credentials = {
  OAUTH_CLIENT_ID: 'the resource server',
  OAUTH_CLIENT_SECRET: 'has a secret: 100% of it counts',
};

export async function startSimulation(preset: Preset, data: Simulation): Promise<Provider> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const origin = `http://localhost:${port}`;
  const issuer = `${origin}${data.path ?? preset.path}`;
  let endpoint = 'https://mcp.example.com/mcp';

  const factsNow = (): Facts => ({
    issuer,
    base: issuer.replace(/\/$/, ''),
    tokenIssuer: preset.tokenIssuer(issuer),
    origin,
    elsewhere: `http://127.0.0.1:${port}`,
    endpoint,
    audience: fill(preset.audience, { ...preset.values, resource: endpoint }),
    values: preset.values,
    supported: data.scopes.all.map((scope) => fill(scope, preset.values)),
  });
  const client = data.client?.(factsNow()) ?? 'registered-by-hand';
  const usual = (): Grant => ({
    client,
    scopes: preset.scopes,
    resource: endpoint,
    nonce: undefined,
  });
  const mint = createMint(data);
  const login = createLogin(data, { client, factsNow, mint });

  async function answer(request: IncomingMessage): Promise<Answer> {
    const url = new URL(request.url ?? '/', origin);
    const facts = factsNow();
    const place = data.places.find((name) => url.pathname === placeOf(name, facts));
    if (place !== undefined) return data.unready ?? { status: 200, body: metadata(place, facts) };
    // Endpoints are where the metadata says, so a simulation cannot contradict itself.
    const name = endpointAt(url.pathname, data.document(facts));
    const form = new URLSearchParams(name === 'registration_endpoint' ? '' : await text(request));
    if (name === 'jwks_uri') return { status: 200, body: { keys: await mint.published() } };
    if (name === 'authorization_endpoint') return login.authorize(url.searchParams);
    if (name === 'token_endpoint') return login.exchange(form, request.headers);
    if (name === 'registration_endpoint') return login.register(await text(request));
    if (name === 'introspection_endpoint') return introspect(request, form);
    return { status: 404, body: { error: 'not_found' } };
  }

  function metadata(place: Place, facts: Facts): object {
    const document = place.startsWith('openid') ? data.openidDocument : undefined;
    return {
      issuer: data.names?.(facts) ?? issuer,
      response_types_supported: ['code'],
      ...(document ?? data.document)(facts),
    };
  }

  /** RFC 7662 §2.1: not everybody may ask. RFC 6749 §2.3.1: both parts are encoded. */
  function introspect(request: IncomingMessage, form: URLSearchParams): Answer {
    const basic = Buffer.from(request.headers.authorization?.slice(6) ?? '', 'base64').toString();
    const given = basic.split(':').map((part) => decodeURIComponent(part.replaceAll('+', ' ')));
    if (given.join('\n') !== Object.values(credentials).join('\n')) {
      return { status: 401, body: { error: 'invalid_client' } };
    }
    const found = mint.introspect(form.get('token') ?? '');
    return typeof found === 'number'
      ? { status: found, body: { error: 'server_error' } }
      : { status: 200, body: found };
  }

  server.on('request', async (request, response) => {
    try {
      send(await answer(request), response);
    } catch (error) {
      send({ status: 500, body: { error: String(error) } }, response);
    }
  });

  return {
    issuer,
    client,
    get endpoint() {
      return endpoint;
    },
    set endpoint(url) {
      endpoint = url;
    },
    get facts() {
      return factsNow();
    },
    accessToken: (shape) => mint.issue(factsNow(), usual(), shape),
    idToken: () => mint.issue(factsNow(), usual(), { kind: 'id' }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** JSON, unless it is text already. */
  body?: object | string;
}

function send({ status, headers = {}, body = '' }: Answer, response: ServerResponse): void {
  const json = typeof body !== 'string';
  response
    .writeHead(status, { ...(json && { 'content-type': 'application/json' }), ...headers })
    .end(json ? JSON.stringify(body) : body);
}

function placeOf(place: Place, { base }: Facts): string {
  const path = new URL(base).pathname.replace(/\/$/, '');
  const [kind, how] = place.split('-');
  const wellKnown = `/.well-known/${kind === 'oauth' ? 'oauth-authorization-server' : 'openid-configuration'}`;
  return how === 'inserted' && path !== '' ? `${wellKnown}${path}` : `${path}${wellKnown}`;
}

function endpointAt(path: string, document: Record<string, unknown>): string | undefined {
  const addresses = Object.entries(document).filter(([name]) => /_(endpoint|uri)$/.test(name));
  return addresses.find(([, value]) => new URL(String(value)).pathname === path)?.[0];
}
