/**
 * The identity provider of the pack: it signs, publishes and confirms whatever a case wants, and
 * counts what it is asked. It has no login.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Keys } from './keys.js';

/** What about the provider can be changed while it runs. */
export interface Conduct {
  /** The path of the issuer: empty, or beginning with a slash. */
  readonly path: string;
  /** What the metadata calls the issuer; default: what it is. */
  readonly claimed?: string;
  /** Which of the two kinds of metadata there is; default: both. */
  readonly metadata?: 'oauth' | 'openid';
  /** The key set. */
  readonly keys: readonly object[];
  /** Connections are cut. */
  readonly down: boolean;
}

/** How often each was asked for. */
interface Counts {
  metadata: number;
  jwks: number;
  introspection: number;
  /** A key set that only a token names. */
  elsewhere: number;
}

/** What the introspection endpoint says of a token (RFC 7662, section 2.2). */
type Introspection = Readonly<Record<string, unknown>>;

export interface Provider extends AsyncDisposable {
  readonly origin: string;
  /** As it has to be configured, and as tokens name it. */
  readonly issuer: string;
  /** The addresses of its endpoints. */
  readonly endpoints: Readonly<Record<'jwks' | 'introspection' | 'elsewhere' | 'metadata', string>>;
  /** What a server asks the introspection endpoint with. */
  readonly client: { readonly id: string; readonly secret: string };
  readonly counts: Counts;
  readonly keys: Keys;
  /** From now on; what is not named goes back to what is usual. */
  behave(conduct?: Partial<Conduct>): void;
  /** Makes the endpoint know an opaque token. */
  remember(token: string, introspection: Introspection): void;
}

/**
 * @param port 0 for any
 * @throws Error with the system's code if the port cannot be had
 */
export async function startProvider(keys: Keys, port = 0): Promise<Provider> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const usual: Conduct = {
    path: '',
    keys: [keys.main.jwk, keys.plain.jwk, keys.curve.jwk],
    down: false,
  };
  let conduct = usual;
  const counts: Counts = { metadata: 0, jwks: 0, introspection: 0, elsewhere: 0 };
  const tokens = new Map<string, Introspection>();
  // Of letters and digits alone: what else is encoded, and how, servers do not agree about (RFC 6749 §2.3.1).
  const client = { id: 'conformance', secret: randomBytes(24).toString('hex') };

  server.on('request', (request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', origin);
    if (pathname === '/jwks') counts.jwks++;
    else if (pathname === '/elsewhere') counts.elsewhere++;
    else if (pathname === '/introspection') counts.introspection++;
    else if (pathname.includes('/.well-known/')) counts.metadata++;
    if (conduct.down) return void request.socket.destroy();
    const send = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const parameters = new URLSearchParams(request.method === 'POST' ? await text(request) : '');
    if (pathname === '/jwks') return send(200, { keys: conduct.keys });
    if (pathname === '/elsewhere') return send(200, { keys: [keys.foreign.jwk] });
    if (pathname === '/introspection') {
      if (!knows(request, parameters)) return send(401, { error: 'invalid_client' });
      return send(200, tokens.get(parameters.get('token') ?? '') ?? { active: false });
    }
    if (locationsOf(conduct).includes(pathname)) return send(200, metadata());
    return send(404, { error: 'not_found' });
  }

  /** RFC 6749, section 2.3.1: in the header, or in the body. */
  function knows({ headers }: IncomingMessage, parameters: URLSearchParams): boolean {
    const both = `${client.id}:${client.secret}`;
    const basic = `Basic ${Buffer.from(both).toString('base64')}`;
    const post =
      parameters.get('client_id') === client.id &&
      parameters.get('client_secret') === client.secret;
    return headers.authorization === basic || post;
  }

  /** RFC 8414, section 2, with what OpenID Connect Discovery requires. */
  function metadata(): object {
    return {
      issuer: conduct.claimed ?? `${origin}${conduct.path}`,
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/token`,
      registration_endpoint: `${origin}/register`,
      jwks_uri: `${origin}/jwks`,
      introspection_endpoint: `${origin}/introspection`,
      introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['none', 'client_secret_basic'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256', 'ES256'],
      authorization_response_iss_parameter_supported: true,
    };
  }

  return {
    origin,
    get issuer() {
      return `${origin}${conduct.path}`;
    },
    endpoints: {
      jwks: `${origin}/jwks`,
      introspection: `${origin}/introspection`,
      elsewhere: `${origin}/elsewhere`,
      metadata: `${origin}/.well-known/oauth-authorization-server`,
    },
    client,
    counts,
    keys,
    behave(changes = {}) {
      conduct = { ...usual, ...changes };
    },
    remember(token, introspection) {
      tokens.set(token, introspection);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Where clients look (MCP, Authorization Server Metadata Discovery). */
function locationsOf({ path: given, metadata }: Conduct): string[] {
  const path = given.replace(/\/$/, '');
  const oauth = [`/.well-known/oauth-authorization-server${path}`];
  const openid = [
    `/.well-known/openid-configuration${path}`,
    `${path}/.well-known/openid-configuration`,
  ];
  if (metadata === 'oauth') return oauth;
  return metadata === 'openid' ? openid : [...oauth, ...openid];
}
