/**
 * One engine that plays every identity provider: an authorization server on a port of its own, which
 * does what its data (test/simulations) says and nothing else.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fill } from '../../src/providers/variables.js';
import { createApis } from './simulation-apis.js';
import type { Facts, Grant, Place, Simulation, TokenShape } from './simulation-data.js';
import { createExchange, decode } from './simulation-exchange.js';
import { createLogin, redirectUrl } from './simulation-login.js';
import type { Preset } from './simulation-preset.js';
import type { Client, Seen, State } from './simulation-state.js';
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
  readonly seen: Seen;
  /** Every token so far. */
  readonly issued: readonly string[];
  /** Whether it is an access token that is still good. */
  isAccessToken(token: string): boolean;
  /** How long access tokens live from now on, in seconds. */
  lifetime: number;
  /** No token is good any more. */
  revoke(): void;
  /** Differs from its data, until that is disposed of. */
  differ(differences: Partial<Simulation>): Disposable;
  /**
   * What an administrator has registered for the client: a secret, if it is a server, and where it
   * waits.
   */
  readonly registered: Client;
}

/** The credentials of the resource server at the introspection endpoint. */
export const credentials = {
  OAUTH_CLIENT_ID: 'the resource server',
  OAUTH_CLIENT_SECRET: 'has a secret: 100% of it counts',
};

/** @param secret of the client that is registered by hand; without it, that is a public one */
export async function startSimulation(
  preset: Preset,
  usualData: Simulation,
  secret?: string,
): Promise<Provider> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const origin = `http://localhost:${port}`;
  const issuer = `${origin}${usualData.path ?? preset.path}`;
  let endpoint = 'https://mcp.example.com/mcp';
  let data = usualData;

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
  const registered: Client = {
    redirectUris: [redirectUrl],
    scopes: undefined,
    ...(secret !== undefined && { secret }),
  };
  const state: State = {
    clients: new Map([[client, registered]]),
    codes: new Map(),
    refreshTokens: new Map(),
    seen: { authorizations: [], exchanges: [], apis: [] },
    issued: [],
  };
  const mint = createMint(() => data, state.issued);
  const surroundings = { data: () => data, factsNow, mint, state };
  const login = createLogin(surroundings);
  const exchange = createExchange(surroundings, login);
  const askApi = createApis(surroundings);

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
    if (name === 'token_endpoint') return exchange(form, request.headers);
    if (name === 'registration_endpoint') return login.register(await text(request));
    if (name === 'introspection_endpoint') return introspect(request, form);
    const api = askApi(url.pathname, name === 'userinfo_endpoint', request.headers);
    return api ?? { status: 404, body: { error: 'not_found' } };
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
    const given = basic.split(':').map(decode);
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
    seen: state.seen,
    issued: state.issued,
    isAccessToken: (token) => mint.grantOf(token) !== undefined,
    registered,
    get lifetime() {
      return mint.lifetime;
    },
    set lifetime(seconds) {
      mint.lifetime = seconds;
    },
    revoke() {
      mint.revoke();
      state.refreshTokens.clear();
    },
    differ(differences) {
      const before = data;
      data = { ...data, ...differences };
      return {
        [Symbol.dispose]() {
          data = before;
        },
      };
    },
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
