/** What registering can show. */
import type { Catalogue } from './finding.js';
import { specification } from './specification.js';

const metadataRules = 'https://www.rfc-editor.org/rfc/rfc7591#section-2';
const responseRules = 'https://www.rfc-editor.org/rfc/rfc7591#section-3.2';
const loopback = 'https://www.rfc-editor.org/rfc/rfc8252#section-7.3';

export const registrationFindings = {
  'registration-good': {
    level: 'ok',
    title: 'Clients can register, and may request what the server asks for',
  },
  'registration-absent': {
    level: 'problem',
    title: 'The provider has no dynamic registration',
    why: 'Its metadata has no registration_endpoint, so --register has nothing to try.',
    cure: 'Enable dynamic client registration at the provider, or register clients by hand (then use --login --client-id).',
    page: specification.registration,
    topic: 'registration',
  },
  'registration-closed': {
    level: 'problem',
    title: 'Only known parties may register clients',
    why: 'The registration endpoint wants credentials, which MCP clients do not have.',
    cure: 'Allow registration without an initial access token at the provider, or register clients by hand.',
    page: 'https://www.rfc-editor.org/rfc/rfc7591#section-3',
    topic: 'registration',
  },
  'registration-refused': {
    level: 'problem',
    title: 'The provider refuses to register a client',
    why: 'Clients that register themselves get no further.',
    cure: 'Read the provider’s own words (error, message): mostly registration is switched off, or a policy restricts hosts, scopes or redirect addresses.',
    page: 'https://www.rfc-editor.org/rfc/rfc7591#section-3.2.2',
    topic: 'registration',
  },
  'registration-needs-scope': {
    level: 'problem',
    title: 'Clients that register without scopes are refused',
    why: 'Many clients register before they know which scopes they will need, and send none.',
    cure: 'Give such clients default scopes at the provider.',
    page: metadataRules,
    topic: 'registration',
  },
  'registration-invalid': {
    level: 'problem',
    title: 'The answer to a registration has no client id',
    why: 'Clients cannot go on without one.',
    cure: 'Correct the registration endpoint: it answers 201 with JSON that has client_id.',
    page: 'https://www.rfc-editor.org/rfc/rfc7591#section-3.2.1',
  },
  'registration-redirect': {
    level: 'problem',
    title: 'The provider refuses redirects to the machine of the person',
    why: 'Clients on the desktop and in terminals wait for the login on a loopback address with any port.',
    cure: 'Allow http://127.0.0.1 and http://localhost with any port as redirect addresses of registered clients.',
    page: loopback,
    topic: 'registration',
  },
  'registration-web': {
    level: 'warning',
    title: 'Clients that call themselves web applications are refused',
    why: 'Some MCP clients register with application_type "web" and a loopback redirect.',
    cure: 'Let the provider allow loopback redirects whatever the application type says, if it can.',
    page: loopback,
    topic: 'registration',
  },
  'registration-scope-fewer': {
    level: 'problem',
    title: 'A client that registers without scopes gets fewer than the server asks for',
    why: 'The server tells clients to request more than the provider lets them: the provider will refuse the login with invalid_scope. Neither the client nor the person can do anything about it.',
    cure: 'Either publish only what such clients get, in scopes_supported and in the challenge, or add the missing scopes to the default scopes of the provider. Clients that are registered already have to register again.',
    page: responseRules,
    topic: 'scopes',
  },
  'registration-scope-dropped': {
    level: 'problem',
    title: 'The provider does not give a client the scopes that it registers',
    why: 'The client asked for exactly what the server tells clients to request; the provider left some out and will refuse them at the login with invalid_scope.',
    cure: 'Publish only what the provider grants, or create and allow the missing scopes at the provider.',
    page: responseRules,
    topic: 'scopes',
  },
  'registration-scope-refused': {
    level: 'problem',
    title: 'The provider refuses the scopes that the server tells clients to request',
    why: 'A client registered, and requested what the server publishes, as real clients do. The login ends with this error before anybody sees a page.',
    cure: 'Take the scopes that are refused out of scopes_supported and of the challenge, or let the provider grant them to every registered client.',
    page: `${specification.authorization}#scope-selection-strategy`,
    topic: 'scopes',
  },
  'registration-login-refused': {
    level: 'problem',
    title: 'The provider refuses to begin a login for a registered client',
    why: 'The request was that of real clients: PKCE, the loopback redirect of the registration, and the resource of the server.',
    cure: 'Read the provider’s own words (error, message). invalid_target: it does not know the resource; create it there as an API, with the address in the metadata of the server.',
    page: 'https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1',
    topic: 'errors',
  },
  'registration-scope-silent': {
    level: 'note',
    title: 'The answer to a registration does not say which scopes the client has',
    why: 'Some clients then forget the scopes, others assume that they have all.',
    cure: 'Let the provider repeat "scope" in its answer, if it can.',
    page: responseRules,
  },
  'registration-secret': {
    level: 'note',
    title: 'The provider gives public clients a secret',
    why: 'The client asked for none. It has to keep the secret and send it, which not every client does.',
    cure: 'Allow token_endpoint_auth_method "none" for registered clients.',
    page: metadataRules,
  },
  'registration-left': {
    level: 'note',
    title: 'The test clients are still registered',
    why: 'The provider did not let them be deleted (RFC 7592). It knows them as “create-mcp-server doctor (may be deleted)”; they do no harm.',
    cure: 'Delete them at the provider.',
    page: 'https://www.rfc-editor.org/rfc/rfc7592#section-2.3',
  },
} as const satisfies Catalogue;
