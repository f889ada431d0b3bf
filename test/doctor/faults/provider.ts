/** What is wrong with the authorization server, and with its name. */
import { document, type Fault, html, lost, metadata, provider, server } from './fault.js';

/** A row: the metadata of the server names the issuer, changed. */
const issuer = (first: string, name: string, change: (issuer: string) => string, preset?: string) =>
  server(first, name, (usual) => document({ authorization_servers: [change(usual)] }), preset);

const key = {
  kty: 'OKP',
  crv: 'Ed25519',
  kid: 'same',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
};

export const providerFaults: readonly Fault[] = [
  issuer('issuer-slash', 'issuer without its slash', (usual) => usual.replace(/\/$/, ''), 'auth0'),
  issuer('issuer-slash', 'issuer with a slash too many', (usual) => `${usual}/`),
  issuer(
    'discovery-missing',
    'issuer without its path',
    (usual) => new URL(usual).origin,
    'keycloak',
  ),
  issuer(
    'discovery-missing',
    'issuer with two slashes',
    (usual) => usual.replace('/realms', '//realms'),
    'keycloak',
  ),
  provider(
    'issuer-differs',
    'internal host name as issuer',
    { names: () => 'http://keycloak:8080/realms/myrealm' },
    'keycloak',
  ),
  provider(
    'issuer-template',
    'several tenants',
    { names: ({ origin }) => `${origin}/{tenantid}/v2.0` },
    'entra',
  ),
  provider('issuer-absent', 'metadata without an issuer', { names: () => '' }),
  provider('discovery-login', 'metadata behind an access proxy', {
    unready: { status: 403, body: {} },
  }),
  provider('discovery-not-json', 'login page as issuer', { unready: { status: 200, body: html } }),
  provider('discovery-failing', 'outage', { unready: { status: 503, body: {} } }),
  provider(
    'discovery-differs',
    'old document beside the new one',
    {
      openidDocument: ({ base }) => ({
        authorization_endpoint: `${base}/v1/authorize`,
        token_endpoint: `${base}/v1/token`,
      }),
    },
    'auth0',
  ),

  provider(
    'pkce-missing',
    'PKCE not announced',
    metadata({ code_challenge_methods_supported: undefined }),
  ),
  provider(
    'pkce-plain',
    'only plain PKCE',
    metadata({ code_challenge_methods_supported: ['plain'] }),
  ),
  provider('endpoint-absent', 'no token endpoint', metadata({ token_endpoint: undefined })),
  provider(
    'endpoint-invalid',
    'endpoint over http',
    metadata({ authorization_endpoint: 'http://login.example.com/auth' }),
  ),
  provider('token-endpoint-missing', 'token endpoint that is not there', lost('token_endpoint')),
  provider(
    'grant-missing',
    'machines only',
    metadata({ grant_types_supported: ['client_credentials'] }),
  ),
  provider(
    'grant-missing',
    'implicit flow only',
    metadata({ response_types_supported: ['id_token token'] }),
  ),

  provider(
    'network-address',
    'keys behind a password',
    metadata({ jwks_uri: 'https://user:word@login.example.com/jwks' }),
  ),
  provider(
    'jwks-invalid',
    'keys over http',
    metadata({ jwks_uri: 'http://login.example.com/jwks' }),
  ),
  provider('jwks-missing', 'keys that are not there', lost('jwks_uri')),
  provider('jwks-empty', 'no keys', { noKeys: true }),
  provider('jwks-unusable', 'keys for encryption only', {
    noKeys: true,
    oddKeys: [{ kty: 'RSA', use: 'enc', kid: 'e', e: 'AQAB', n: 'AQAB' }],
  }),
  provider('jwks-secret', 'published secret', {
    oddKeys: [{ kty: 'oct', kid: 's', k: 'c2VjcmV0' }],
  }),
  provider('jwks-ambiguous', 'two keys with one id', { noKeys: true, oddKeys: [key, key] }),
];
