/** What registered clients do not get. */
import { challenge, document, type Fault, metadata, provider } from './fault.js';

/** A row: registration is refused. */
const refused = (first: string, name: string, error: string, status: number, description = '') =>
  provider(first, name, { registration: { error, description, status } });

const rows: readonly Fault[] = [
  provider(
    'registration-absent',
    'no registration',
    metadata({ registration_endpoint: undefined }),
  ),
  refused('registration-closed', 'registration with a password', 'invalid_token', 401),
  refused('registration-refused', 'registration switched off', 'access_denied', 403, 'disabled'),
  refused('registration-redirect', 'policy on redirects', 'invalid_redirect_uri', 400),
  {
    first: 'registration-scope-refused',
    name: 'registers without scopes, and then may not request what the server asks for',
    preset: 'clerk',
    server: {
      ...document({ scopes_supported: ['openid', 'email'] }),
      ...challenge((usual) => usual.replace('mcp:use', 'openid email')),
    },
    provider: {
      scopes: {
        all: ['openid', 'profile', 'email'],
        default: ['profile', 'email'],
        pinned: true,
        refusal: {
          error: 'invalid_scope',
          description: 'The OAuth 2.0 Client is not allowed to request scope `{scope}`.',
        },
      },
    },
  },
  provider('registration-scope-refused', 'scope that does not exist', {
    scopes: { all: ['openid'], refusal: { error: 'invalid_scope', description: '{scope}' } },
  }),
  provider('registration-login-refused', 'resource that the provider does not know', {
    scopes: { all: ['mcp:use'] },
    resource: {
      known: () => 'https://other.example/mcp',
      unknown: { error: 'invalid_target', description: 'unknown resource' },
    },
  }),
];

export const registrationFaults: readonly Fault[] = rows.map((row) => ({ ...row, register: true }));
