// A small resource server that keeps every rule, except what a test changes. No SDK.
import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

type Json = Record<string, unknown>;
export type Key = JsonWebKey & { kid?: string; alg?: string };

/** A token, taken apart, and what it is held against. */
export interface Judged {
  token: string;
  header: Json;
  claims: Json;
  issuer: string;
  audience: string;
  /** Seconds since 1970. */
  now: number;
  keys: readonly Key[];
}

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body?: string;
}

export interface Asked {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
  /** The JSON-RPC method. */
  rpc: unknown;
  /** What came in Authorization. */
  token: string | undefined;
  origin: string;
}

/** What a test may change. */
export interface Rules {
  /** Each has to be true of a token. */
  checks: Record<CheckName, (judged: Judged) => boolean | Promise<boolean>>;
  /** What tokens grant. */
  scopesOf: (claims: Json) => readonly string[];
  /** The scopes that every request needs. */
  required: readonly string[];
  /** The token in a request; null: what is there is malformed. */
  credentials: (headers: readonly string[], asked: Asked) => string | null | undefined;
  /** Requests that are served without a token. */
  open: (asked: Asked) => boolean;
  /** The document, as it is published. */
  metadata: (usual: Json, asked: Asked) => Json;
  /** Anything about the answer. */
  reply: (usual: Reply, asked: Asked) => Reply;
  /** Whether keys are fetched for a token, though some are there. */
  refetch: (kid: unknown, state: State) => boolean;
  /** Whether the metadata that was found is that of the issuer. */
  discovered: (metadata: Json, issuer: string) => boolean;
  /** Where the metadata is looked for. */
  locations: (issuer: string) => string[];
  /** The keys that are used, of those that are published. */
  usable: (keys: readonly Key[]) => readonly Key[];
  /** When the provider cannot be asked; undefined: the request is served. */
  outage: () => Reply | undefined;
  /** Whether keys that are known are fetched again for each token. */
  forgetful: boolean;
  /** What the issuer is called to others. */
  spellIssuer: (issuer: string) => string;
}

type CheckName = keyof typeof checks;

interface State {
  keys: readonly Key[];
  /** Key ids that were looked for in vain. */
  misses: number;
}

const tolerance = 30;
const audiencesOf = ({ aud }: Json): unknown[] => (aud === undefined ? [] : [aud].flat());
const keyOf = ({ header, keys }: Judged) => keys.find(({ kid }) => kid === header.kid);

const checks = {
  critical: ({ header }: Judged) => header.crit === undefined,
  type: ({ header, claims }: Judged) => {
    const typ = String(header.typ ?? 'jwt').toLowerCase();
    if (/^(application\/)?at\+jwt$/.test(typ)) return true;
    return typ === 'jwt' && claims.token_use === undefined && claims.nonce === undefined;
  },
  signature: (judged: Judged) => verifies(judged, keyOf(judged)),
  issuer: ({ claims, issuer }: Judged) => claims.iss === issuer,
  audience: ({ claims, audience }: Judged) => audiencesOf(claims).includes(audience),
  expiry: ({ claims, now }: Judged) =>
    typeof claims.exp === 'number' && claims.exp > now - tolerance,
  early: ({ claims, now }: Judged) => !(Number(claims.nbf ?? 0) > now + tolerance),
};

/** Whether a key made the signature. */
export function verifies({ token, header }: Judged, key: Key | undefined): boolean {
  const [head, payload, signature = ''] = token.split('.');
  const type = { RS256: 'RSA', ES256: 'EC' }[String(header.alg)];
  if (key === undefined || type === undefined || key.kty !== type) return false;
  return verify(
    'sha256',
    Buffer.from(`${head}.${payload}`),
    { key: createPublicKey({ key, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
}

const wellKnown = '/.well-known/oauth-protected-resource';

export const goodRules: Rules = {
  checks,
  scopesOf: ({ scope, scp }) =>
    [scope, scp].flat().flatMap((each) => String(each ?? '').split(' ')),
  required: ['mcp:use'],
  credentials: ([header, ...more]) => {
    if (header === undefined || !/^bearer\b/i.test(header)) return undefined;
    if (more.length > 0) return null;
    return /^bearer +([\w\-.~+/]+=*)$/i.exec(header)?.[1] ?? null;
  },
  open: () => false,
  metadata: (usual) => usual,
  reply: (usual) => usual,
  // Now and then, without a clock.
  refetch: (_kid, { misses }) => misses % 10 === 0,
  discovered: (metadata, issuer) => metadata.issuer === issuer,
  locations: (issuer) => {
    const { origin, pathname } = new URL(issuer);
    const path = pathname.replace(/\/$/, '');
    return [
      `${origin}/.well-known/oauth-authorization-server${path}`,
      `${origin}${path}/.well-known/openid-configuration`,
    ];
  },
  usable: (keys) => keys.filter(isUsable),
  outage: () => ({ status: 503, headers: { 'retry-after': '5' } }),
  forgetful: false,
  spellIssuer: (issuer) => issuer,
};

function isUsable(key: Key): boolean {
  try {
    return ['RSA', 'EC'].includes(
      createPublicKey({ key, format: 'jwk' }).asymmetricKeyType?.toUpperCase() ?? '',
    );
  } catch {
    return false;
  }
}

export interface ResourceServer extends AsyncDisposable {
  url: string;
  /** Forgets all, and looks for this issuer. @returns whether it found it */
  start(issuer: string): Promise<boolean>;
}

export async function startResourceServer(rules: Rules): Promise<ResourceServer> {
  const server: Server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const url = `${origin}/mcp`;
  let issuer = '';
  let jwksUri = '';
  let state: State = { keys: [], misses: 0 };

  server.on('request', async (request, response) => {
    const body = await text(request);
    const authorizations = request.rawHeaders.filter(
      (_, index, all) => index % 2 === 1 && all[index - 1]?.toLowerCase() === 'authorization',
    );
    const asked: Asked = {
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers: request.headers,
      body,
      rpc: rpcOf(body),
      token: authorizations[0]?.replace(/^bearer +/i, ''),
      origin,
    };
    const {
      status,
      headers,
      body: written,
    } = rules.reply(await answer(asked, authorizations), asked);
    response.writeHead(status, headers).end(written);
  });

  async function answer(asked: Asked, authorizations: readonly string[]): Promise<Reply> {
    const { method, path, headers } = asked;
    const { host = '', origin: from } = headers;
    const shared = {
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'WWW-Authenticate',
    };
    if (path === wellKnown || path === `${wellKnown}/mcp`) {
      const usual = {
        resource: url,
        authorization_servers: [rules.spellIssuer(issuer)],
        scopes_supported: [...rules.required],
      };
      const body = JSON.stringify(rules.metadata(usual, asked));
      return { status: 200, headers: { ...shared, 'content-type': 'application/json' }, body };
    }
    if (!/^\/mcp\/?(\?|$)/.test(path)) return { status: 404, headers: {} };
    if (host.endsWith('.invalid') || from?.endsWith('.invalid'))
      return { status: 403, headers: {} };
    if (method === 'OPTIONS') {
      const allowed = 'Authorization, Content-Type, Mcp-Protocol-Version, Mcp-Method, Mcp-Name';
      return { status: 204, headers: { ...shared, 'access-control-allow-headers': allowed } };
    }
    const refusal = rules.open(asked)
      ? undefined
      : await judge(rules.credentials(authorizations, asked));
    if (refusal !== undefined) return { ...refusal, headers: { ...shared, ...refusal.headers } };
    if (method !== 'POST') return { status: 405, headers: shared };
    if (asked.rpc === undefined) return { status: 400, headers: shared };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, result: {} });
    return { status: 200, headers: { ...shared, 'content-type': 'application/json' }, body };
  }

  /** @returns undefined for a token that is good */
  async function judge(token: string | null | undefined): Promise<Reply | undefined> {
    if (token === undefined) return refuse(401);
    if (token === null) return refuse(400, 'invalid_request');
    const known = { token, ...takeApart(token), issuer, audience: url, now: Date.now() / 1000 };
    let judged: Judged;
    try {
      await findKeys(known.header.kid);
      judged = { ...known, keys: state.keys };
      for (const check of Object.values(rules.checks)) {
        if (!(await check(judged))) return refuse(401, 'invalid_token');
      }
    } catch {
      return rules.outage();
    }
    const granted = rules.scopesOf(judged.claims);
    const enough = rules.required.every((scope) => granted.includes(scope));
    return enough ? undefined : refuse(403, 'insufficient_scope');
  }

  async function findKeys(kid: unknown): Promise<void> {
    if (state.keys.some((key) => key.kid === kid)) {
      // What is fetched in vain is forgotten, too.
      if (rules.forgetful) await fetch(jwksUri).catch(() => {});
      return;
    }
    if (state.keys.length > 0) {
      state.misses++;
      if (!rules.refetch(kid, state)) return;
    }
    const { keys } = (await (await fetch(jwksUri)).json()) as { keys: Key[] };
    state.keys = rules.usable(keys);
  }

  function refuse(status: number, error?: string): Reply {
    const parameters = [
      ...(error === undefined ? [] : [`error="${error}"`]),
      `scope="${rules.required.join(' ')}"`,
      `resource_metadata="${origin}${wellKnown}/mcp"`,
    ];
    return { status, headers: { 'www-authenticate': `Bearer ${parameters.join(', ')}` } };
  }

  return {
    url,
    async start(given) {
      issuer = given;
      state = { keys: [], misses: 0 };
      for (const location of rules.locations(issuer)) {
        const response = await fetch(location);
        if (!response.ok) continue;
        const metadata = (await response.json()) as Json;
        if (!rules.discovered(metadata, issuer)) return false;
        jwksUri = String(metadata.jwks_uri);
        return await findKeys(undefined).then(
          () => true,
          () => false,
        );
      }
      return false;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function takeApart(token: string): { header: Json; claims: Json } {
  const read = (part = ''): Json => {
    try {
      const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
      return typeof value === 'object' && value !== null ? (value as Json) : {};
    } catch {
      return {};
    }
  };
  const [header, claims] = token.split('.');
  return { header: read(header), claims: read(claims) };
}

function rpcOf(body: string): unknown {
  try {
    return (JSON.parse(body) as { method?: unknown } | null)?.method;
  } catch {
    return undefined;
  }
}
