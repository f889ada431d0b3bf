/** What a login can show. */
import type { Catalogue } from './finding.js';
import { specification } from './specification.js';

export const loginFindings = {
  'login-good': { level: 'ok', title: 'The login works, and gave a token' },
  'login-no-client': {
    level: 'problem',
    title: 'There is no client to log in with',
    why: 'The provider did not register one, and none was given.',
    cure: 'Register a public client at the provider by hand, and name it with --client-id (and --redirect-uri, if the provider compares redirect addresses letter for letter).',
    page: specification.registration,
    topic: 'registration',
  },
  'login-timeout': {
    level: 'problem',
    title: 'Nobody came back from the login',
    why: 'The provider shows an error page instead of sending the browser back when it does not know the client or its redirect address. Or the login was not finished.',
    cure: 'Read the page in the browser. The redirect address has to be registered for this client.',
    page: 'https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1',
    topic: 'errors',
  },
  'login-port': {
    level: 'problem',
    title: 'The redirect address cannot be listened on',
    why: 'Another process has the port.',
    cure: 'End that process, or choose another port with --redirect-uri.',
    page: 'https://www.rfc-editor.org/rfc/rfc8252#section-7.3',
  },
  'login-refused': {
    level: 'problem',
    title: 'The provider refuses the login',
    why: 'It sent the browser back with an error instead of a code.',
    cure: 'Read the provider’s own words (error, message). invalid_scope: the client may not request a scope that the server asks for. invalid_target: the provider does not know the resource. access_denied: the person, or a rule, said no.',
    page: 'https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1',
    topic: 'errors',
  },
  'login-issuer': {
    level: 'problem',
    title: 'The response of the login comes from another issuer',
    why: 'Clients drop a response whose "iss" is not the issuer of the metadata, letter for letter: it may be an attempt to mix up two providers.',
    cure: 'Let the provider send its issuer in "iss" exactly as its metadata has it.',
    page: 'https://www.rfc-editor.org/rfc/rfc9207#section-2.4',
    topic: 'issuer',
  },
  'login-exchange': {
    level: 'problem',
    title: 'The code cannot be redeemed for a token',
    why: 'The login itself worked; the token endpoint refused what followed.',
    cure: 'Read the provider’s own words (error, message). invalid_client: the client needs a secret, make it a public one. invalid_grant: the redirect address or the PKCE verifier was not accepted. invalid_target: the provider does not know the resource.',
    page: 'https://www.rfc-editor.org/rfc/rfc6749#section-5.2',
    topic: 'errors',
  },
  'login-no-token': {
    level: 'problem',
    title: 'The token response has no access token',
    why: 'It has to be JSON with access_token and token_type.',
    cure: 'Correct the token endpoint. Some providers answer with a form unless JSON is asked for, or send errors with status 200.',
    page: 'https://www.rfc-editor.org/rfc/rfc6749#section-5.1',
    topic: 'errors',
  },
  'login-scope-fewer': {
    level: 'warning',
    title: 'The login grants fewer scopes than were requested',
    why: 'The server will answer with 403 where it wants one that is missing, and the client will ask the person again, in vain.',
    cure: 'Let the provider grant these scopes to this client and this person, or take them out of scopes_supported.',
    page: 'https://www.rfc-editor.org/rfc/rfc6749#section-3.3',
    topic: 'scopes',
  },
} as const satisfies Catalogue;
