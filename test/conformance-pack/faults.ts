/** Broken servers: one fault each, and the case that tells it. */
import { createHmac, createPublicKey } from 'node:crypto';
import {
  type Asked,
  goodRules,
  type Judged,
  type Key,
  type Reply,
  type Rules,
  verifies,
} from '../support/resource-server.js';

/** A rule as it is broken. */
type Fault = Partial<Rules>;
type Checks = Rules['checks'];

const good = goodRules.checks;
const check = (changed: Partial<Checks>): Fault => ({ checks: { ...good, ...changed } });
/** Signatures are good, and these besides. */
const signature = (also: (judged: Judged) => boolean | Promise<boolean>): Fault =>
  check({ signature: async (judged) => (await good.signature(judged)) || also(judged) });

const isMcp = ({ path, method }: Asked) => path === '/mcp' && method === 'POST';
const answer = (
  applies: (asked: Asked, usual: Reply) => boolean,
  change: (usual: Reply, asked: Asked) => Reply,
): Fault => ({
  reply: (usual, asked) => (applies(asked, usual) ? change(usual, asked) : usual),
});
const withStatus = (status: number) => (usual: Reply) => ({ ...usual, status });
const challenge = (
  applies: (asked: Asked, usual: Reply) => boolean,
  change: (text: string) => string | undefined,
): Fault =>
  answer(
    (asked, usual) => usual.headers['www-authenticate'] !== undefined && applies(asked, usual),
    (usual) => {
      const { 'www-authenticate': text = '', ...headers } = usual.headers;
      const changed = change(text);
      return { ...usual, headers: { ...headers, ...(changed && { 'www-authenticate': changed }) } };
    },
  );
const noToken = (asked: Asked) => asked.headers.authorization === undefined;
const anyToken = (asked: Asked) => !noToken(asked);
const metadata = (changes: Record<string, unknown>): Fault => ({
  metadata: (usual) => ({ ...usual, ...changes }),
});
const wellKnown = (paths: RegExp, change: (usual: Reply, asked: Asked) => Reply): Fault =>
  answer(({ path }) => paths.test(path), change);
const gone: Reply = { status: 404, headers: {} };
const crash: Reply = { status: 500, headers: {} };
const audiences = ({ claims }: Judged) => [claims.aud].flat();
/** A JSON document is sent with other headers. */
const header =
  (name: string, value: string | undefined) =>
  (usual: Reply): Reply => {
    const { [name]: _, ...headers } = usual.headers;
    return { ...usual, headers: { ...headers, ...(value && { [name]: value }) } };
  };

const inserted = /^\/\.well-known\/oauth-protected-resource\/mcp/;
const root = /^\/\.well-known\/oauth-protected-resource$/;
const both = /^\/\.well-known/;

const published: Record<string, Fault> = {
  'challenge-status': answer(
    (asked) => isMcp(asked) && noToken(asked) && asked.rpc === 'initialize',
    withStatus(403),
  ),
  'challenge-bearer': challenge(noToken, () => 'Basic realm="mcp"'),
  'challenge-syntax': challenge(noToken, (text) => text.replace(', ', ' ')),
  'challenge-no-error': challenge(noToken, (text) => `${text}, error="invalid_token"`),
  'challenge-metadata': challenge(noToken, (text) => text.replace(/, resource_metadata=.*/, '')),
  'challenge-metadata-address': challenge(noToken, (text) => text.replace('/mcp"', '/nowhere"')),
  'challenge-scope': challenge(noToken, (text) => text.replace(/scope="[^"]*", /, '')),
  'challenge-scope-syntax': challenge(noToken, (text) => text.replace('mcp:use', 'mcp:use,other')),
  'challenge-offline-access': challenge(noToken, (text) =>
    text.replace('mcp:use', 'mcp:use offline_access'),
  ),
  'metadata-inserted': answer(
    ({ path }, { headers }) => inserted.test(path) || 'www-authenticate' in headers,
    (usual, { path }) => {
      const { 'www-authenticate': text = '' } = usual.headers;
      if (inserted.test(path)) return gone;
      return {
        ...usual,
        headers: { ...usual.headers, 'www-authenticate': text.replace('/mcp"', '"') },
      };
    },
  ),
  'metadata-found': wellKnown(both, () => gone),
  'metadata-type': wellKnown(both, header('content-type', 'text/plain')),
  'metadata-redirect': wellKnown(inserted, (_, { origin }) => ({
    status: 302,
    headers: {
      location: `${origin}/.well-known/oauth-protected-resource`,
      'access-control-allow-origin': '*',
    },
  })),
  'metadata-resource': {
    metadata: (usual) => ({ ...usual, resource: `${usual.resource}/` }),
  },
  'metadata-same': {
    metadata: (usual, { path, origin }) =>
      root.test(path) ? { ...usual, resource: `${origin}/other` } : usual,
  },
  'metadata-origin': challenge(noToken, (text) =>
    text.replace('http://localhost', 'http://127.0.0.1'),
  ),
  'metadata-names': {
    metadata: (usual, { headers }) => ({
      ...usual,
      ...(headers['x-forwarded-host'] && {
        resource: `https://${headers['x-forwarded-host']}/mcp`,
      }),
    }),
  },
  'metadata-scopes-syntax': metadata({ scopes_supported: 'mcp:use' }),
  'metadata-offline-access': metadata({ scopes_supported: ['mcp:use', 'offline_access'] }),
  'metadata-issuer': { spellIssuer: (issuer) => new URL(issuer).href },
  'metadata-scopes': metadata({ scopes_supported: undefined }),
  'metadata-root': wellKnown(root, () => gone),
  'cors-preflight': answer(({ method }) => method === 'OPTIONS', withStatus(401)),
  'cors-headers': answer(
    ({ method }) => method === 'OPTIONS',
    header('access-control-allow-headers', 'Content-Type'),
  ),
  'cors-expose': answer(noToken, header('access-control-expose-headers', undefined)),
  'cors-metadata': wellKnown(both, header('access-control-allow-origin', undefined)),
  'slash-redirect': answer(
    ({ path }) => path === '/mcp/',
    (_, { origin }) => ({ status: 307, headers: { location: `${origin}/mcp` } }),
  ),
};

const tokens: Record<string, Fault> = {
  'token-good': check({ issuer: () => false }),
  'token-audience-array': check({ audience: ({ claims, audience }) => claims.aud === audience }),
  'token-type-full': check({
    type: (judged) => good.type(judged) && !String(judged.header.typ).startsWith('application/'),
  }),
  'token-key-without-alg': check({
    signature: (judged) =>
      good.signature(judged) && judged.keys.some((key) => key.kid === judged.header.kid && key.alg),
  }),
  'token-clock': check({ early: ({ claims, now }) => !(Number(claims.nbf ?? 0) > now) }),
  'token-issuer': check({
    issuer: ({ claims, issuer }) => claims.iss !== undefined && claims.iss !== `${issuer}/`,
  }),
  'token-issuer-missing': check({
    issuer: ({ claims, issuer }) => (claims.iss ?? issuer) === issuer,
  }),
  'token-issuer-slash': check({
    issuer: ({ claims, issuer }) =>
      String(claims.iss).replace(/\/$/, '') === issuer.replace(/\/$/, ''),
  }),
  'token-audience': check({
    audience: (judged) => good.audience(judged) || audiences(judged).length === 0,
  }),
  'token-audience-missing': check({
    audience: (judged) => judged.claims.aud === undefined || good.audience(judged),
  }),
  'token-audience-similar': check({
    audience: (judged) =>
      audiences(judged).some((each) => String(each).startsWith(judged.audience)),
  }),
  'token-expired': check({ expiry: ({ claims }) => typeof claims.exp === 'number' }),
  'token-expiry-missing': check({
    expiry: (judged) => judged.claims.exp === undefined || good.expiry(judged),
  }),
  'token-expiry-text': check({
    expiry: (judged) => typeof judged.claims.exp === 'string' || good.expiry(judged),
  }),
  'token-early': check({ early: () => true }),
  'token-id-token': {
    ...check({
      audience: (judged) =>
        good.audience(judged) || audiences(judged).includes('conformance-client'),
      type: (judged) => good.type(judged) || judged.claims.nonce !== undefined,
    }),
    // It lacks scopes, too: what a server that takes ID tokens has to overlook.
    scopesOf: (claims) => (claims.nonce ? ['mcp:use'] : goodRules.scopesOf(claims)),
  },
  'token-type': check({ type: (judged) => judged.header.typ !== 'JWT' || good.type(judged) }),
  'token-refresh': check({ type: (judged) => judged.header.typ === 'JWT' || good.type(judged) }),
  'token-signature': signature(
    ({ header, keys }) => header.alg === 'RS256' && keys.some(({ kid }) => kid === header.kid),
  ),
  'token-alg-none': signature(({ header }) => String(header.alg).toLowerCase() === 'none'),
  'token-alg-confusion': signature(({ token, header, keys }) => {
    const [head, payload, written] = token.split('.');
    const key = keys.find(({ kid }) => kid === header.kid);
    if (header.alg !== 'HS256' || key === undefined) return false;
    const secret = createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    return (
      createHmac('sha256', secret).update(`${head}.${payload}`).digest('base64url') === written
    );
  }),
  'token-key-unknown': signature(
    ({ header: { kid, jwk, jku, x5u } }) =>
      String(kid).startsWith('foreign') &&
      jwk === undefined &&
      jku === undefined &&
      x5u === undefined,
  ),
  'token-key-embedded': signature((judged) =>
    verifies(judged, judged.header.jwk as Key | undefined),
  ),
  'token-critical': check({ critical: () => true }),
  'token-signature-blank': signature(
    ({ token, header }) => header.alg === 'ES256' && /^A+$/.test(token.split('.')[2] ?? ''),
  ),
  'token-malformed': {
    checks: Object.fromEntries(
      Object.entries(good).map(([name, usual]) => [
        name,
        (judged: Judged) => judged.token === 'opaque' || usual(judged),
      ]),
    ) as Checks,
    scopesOf: (claims) => ('iss' in claims ? goodRules.scopesOf(claims) : ['mcp:use']),
  },
};

const scopes: Record<string, Fault> = {
  'scope-enforced': {
    scopesOf: (claims) =>
      'scope' in claims || 'scp' in claims ? goodRules.scopesOf(claims) : ['mcp:use'],
  },
  'scope-similar': {
    scopesOf: (claims) =>
      goodRules.scopesOf(claims).map((scope) => (scope.includes('mcp:use') ? 'mcp:use' : scope)),
  },
  'scope-status': answer(
    (_, { status, headers }) => status === 403 && 'www-authenticate' in headers,
    () => gone,
  ),
  'scope-challenge': challenge(
    (_, { status }) => status === 403,
    (text) => text.replace(/scope="[^"]*", /, ''),
  ),
  'scope-expired': check({
    expiry: (judged) => good.expiry(judged) || goodRules.scopesOf(judged.claims).join('') === '',
  }),
  'scope-others': {
    scopesOf: (claims) => [goodRules.scopesOf(claims).filter(Boolean).join(' ')],
  },
  'scope-array': { scopesOf: ({ scope }) => String(scope ?? '').split(/[ ,]/) },
};

const requests: Record<string, Fault> = {
  'header-case': {
    credentials: (headers, asked) =>
      /^(bearer|BEARER) /.test(headers[0] ?? '')
        ? undefined
        : goodRules.credentials(headers, asked),
  },
  'header-spaces': {
    credentials: (headers, asked) =>
      headers[0]?.includes('  ') ? null : goodRules.credentials(headers, asked),
  },
  'header-malformed': {
    credentials: (headers, asked) =>
      /^Bearer (\S+) more$/.exec(headers[0] ?? '')?.[1] ?? goodRules.credentials(headers, asked),
  },
  'header-scheme': {
    credentials: (headers, asked) =>
      /^Token (\S+)$/.exec(headers[0] ?? '')?.[1] ?? goodRules.credentials(headers, asked),
  },
  'header-twice': {
    credentials: (headers, asked) => goodRules.credentials(headers.slice(-1), asked),
  },
  'token-query': {
    credentials: (headers, asked) =>
      new URL(asked.path, asked.origin).searchParams.get('access_token') ??
      goodRules.credentials(headers, asked),
  },
  'token-body': {
    credentials: (headers, asked) =>
      /"access_token":"([^"]+)"/.exec(asked.body)?.[1] ?? goodRules.credentials(headers, asked),
  },
  'header-oversize': answer(
    ({ token = '' }) => /^a{4000}$/.test(token),
    () => crash,
  ),
  'request-messages': { open: ({ rpc }) => rpc === 'tools/list' },
  'request-methods': answer(
    ({ method, path }) => method === 'GET' && path === '/mcp',
    withStatus(200),
  ),
  'request-garbage': answer(
    (asked) =>
      isMcp(asked) &&
      asked.rpc === undefined &&
      !asked.body.includes('access_token') &&
      !asked.body.startsWith('[{'),
    withStatus(500),
  ),
  'origin-foreign': answer(
    ({ headers }) => headers.origin === 'https://conformance.invalid',
    () => ({ status: 401, headers: { 'www-authenticate': 'Bearer realm="mcp"' } }),
  ),
  'host-foreign': answer(
    ({ headers }) => headers.host === 'conformance.invalid',
    () => ({ status: 200, headers: {}, body: '{"jsonrpc":"2.0","id":1,"result":{}}' }),
  ),
};

/** Asks for the keys that are unknown while the provider is down, and for the new one. */
const whileDown: Fault = { refetch: (kid) => /^(unknown-10|next)/.test(String(kid)) };

const provider: Record<string, Fault> = {
  'keys-cached': { forgetful: true },
  'keys-flood': { refetch: () => true },
  'keys-rotation': { refetch: () => false },
  'keys-elsewhere': check({
    signature: async (judged) => {
      const { jku } = judged.header;
      if (typeof jku === 'string') await fetch(jku);
      return good.signature(judged);
    },
  }),
  'keys-odd': {
    usable: (keys) => {
      for (const key of keys) createPublicKey({ key, format: 'jwk' });
      return keys;
    },
  },
  'issuer-slash': {
    locations: (issuer) => (issuer.endsWith('/') ? [] : goodRules.locations(issuer)),
  },
  'issuer-path': {
    locations: (issuer) => goodRules.locations(issuer.replace(/(?<=\w)\/.*/, '')),
  },
  'outage-known-key': check({
    signature: async (judged) => {
      await fetch(`${judged.issuer}/userinfo`);
      return good.signature(judged);
    },
  }),
  'outage-closed': { ...whileDown, outage: () => undefined },
  'outage-status': { ...whileDown, outage: () => crash },
  'issuer-mismatch': { discovered: () => true },
  'discovery-oauth': {
    locations: (issuer) => goodRules.locations(issuer).filter((each) => each.includes('openid')),
  },
  'discovery-openid': {
    locations: (issuer) => goodRules.locations(issuer).filter((each) => each.includes('oauth')),
  },
};

const answers: Record<string, Fault> = {
  'answer-token-status': answer(
    ({ token }) => token === '..',
    () => crash,
  ),
  'answer-header-status': answer(
    ({ headers }) => headers.authorization?.startsWith('Basic') ?? false,
    () => crash,
  ),
  'answer-challenge': challenge(
    (asked, { status }) => anyToken(asked) && status === 401,
    () => undefined,
  ),
  'answer-syntax': challenge(anyToken, (text) => `${text}, error_description=""nbf" is wrong"`),
  'answer-error': challenge(
    (_, { status }) => status === 401,
    (text) => text.replace(/error="[^"]*", /, ''),
  ),
  'answer-vocabulary': challenge(
    (_, { status }) => status === 401,
    (text) => text.replace('invalid_token', 'expired_token'),
  ),
  'answer-echo': answer(
    (asked, { status }) => anyToken(asked) && status === 401,
    (usual, { token }) => ({ ...usual, body: `${token} is not good` }),
  ),
  'answer-cache': answer(anyToken, (usual) => ({
    ...usual,
    headers: { ...usual.headers, 'cache-control': 'public, max-age=60' },
  })),
};

export const faults = Object.entries({
  ...published,
  ...tokens,
  ...scopes,
  ...requests,
  ...provider,
  ...answers,
});
