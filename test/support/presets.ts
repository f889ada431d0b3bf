/** Presets of providers that do not exist, so that tests do not change with the facts of real ones. */
import { providers } from '../../src/providers/index.js';
import type { Provider, Variable } from '../../src/providers/types.js';

export const domain: Variable = {
  name: 'domain',
  title: 'Domain',
  example: 'shop.acme.example',
  pattern: '[a-z0-9-]+(?:\\.[a-z0-9-]+)+',
  where: 'The first line of the console.',
};

export const region: Variable = {
  name: 'region',
  title: 'Region',
  example: 'us',
  pattern: '[a-z]{2}',
  where: 'At the end of the console’s address.',
  default: 'eu',
};

export const client: Variable = {
  name: 'client',
  title: 'Client ID',
  example: 'c-1',
  pattern: '[a-z0-9-]+',
  where: 'The list of clients.',
};

/** Tokens name the endpoint; one variable has to be given, the other has a default. */
export const acme = {
  id: 'acme',
  aliases: ['acme-id', 'roadrunner'],
  title: 'Acme Identity',
  summary: 'the cloud of Acme',
  mode: 'jwt',
  modes: ['jwt'],
  modeReason: 'Its access tokens are JWTs.',
  variables: [domain, region],
  issuer: 'https://{domain}/{region}/',
  audience: {
    strategy: 'aud',
    value: '{resource}',
    explanation: 'They name `{resource}` in `aud`.',
  },
  tokenFormat: 'JWTs that `{domain}` signs with ES256.',
  scopes: {
    default: ['acme:use', 'openid'],
    claims: ['scope', 'acme_scopes'],
    explanation: 'Every client is granted `acme:use`.',
  },
  registration: { cimd: 'yes', dcr: 'setting', manual: '**Clients** > **New**.' },
  authorizationParameters: {},
  steps: [
    'Open `https://{domain}/console`.',
    'Create an API named `{resource}`.',
    'Enable **Registration**.',
  ],
  errors: [
    { message: 'ACME-1: no such API', cure: 'Create the API `{resource}`.' },
    { message: 'ACME-2', cure: 'Wait for `{domain}`.' },
  ],
  pages: [{ title: 'Acme for APIs', url: 'https://docs.acme.example/apis', checked: '2026-01-31' }],
  unverified: ['The name of the console was not seen.'],
} satisfies Provider;

/** Nobody can register there, and its tokens name a client. */
export const gate = {
  ...acme,
  id: 'gate',
  aliases: [],
  title: 'Gate',
  summary: 'pools of people',
  mode: 'proxy',
  modes: ['proxy', 'jwt'],
  modeReason: 'Nobody can register at Gate.',
  variables: [region, client],
  issuer: 'https://gate.example/{region}',
  audience: { strategy: 'client', value: '{client}', explanation: 'They name `{client}`.' },
  registration: { cimd: 'no', dcr: 'no', manual: 'Write a letter.' },
  upstream: {
    verify: 'id_token',
    scopes: ['openid', 'email', 'gate:{region}'],
    identityClaims: ['name', 'email'],
    explanation: 'It knows its people by `sub`, `{region}` by `{region}`.',
  },
  errors: [],
  pages: [],
  unverified: [],
} satisfies Provider;

/** Only a proxy can use it, there is nothing to be asked for, and everything is unusual. */
export const vault = {
  ...gate,
  id: 'vault',
  title: 'Vault',
  summary: 'keeps everything',
  modes: ['proxy'],
  variables: [],
  issuer: 'https://vault.example',
  audience: { strategy: 'oauth-client', value: '', explanation: 'They name nobody.' },
  scopes: { default: [], claims: [], explanation: 'There are none.' },
  authorizationParameters: { access: 'offline' },
  upstream: {
    verify: 'userinfo',
    scopes: ['me'],
    scopePrefix: 'api://{client}/',
    scopeAliases: { 'https://vault.example/me': 'me' },
    refreshWithScopes: true,
    subjectClaim: 'id',
    identityClaims: ['login'],
    emailVerifiedClaim: 'checked',
    domainClaim: 'org',
    userinfo: [
      { from: '^https://vault\\.example$', to: 'https://api.vault.example/me' },
      { from: '^https://([^/]+)/vault$', to: 'https://$1/api/me' },
    ],
    emailsPath: '/emails',
    endpoints: { authorization: '/authorize', token: '/token' },
    clientAuthentication: 'client_secret_post',
    otherAccountPrompt: 'select_account',
    openTo: '^https://vault\\.example$',
    explanation: 'The whole world has an account.',
  },
} satisfies Provider;

/** Adds presets to the registry, for the tests of one file. */
export function register(...presets: Provider[]): void {
  (providers as Provider[]).push(...presets);
}
