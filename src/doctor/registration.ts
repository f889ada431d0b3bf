/** `--register`: do registered clients get the scopes that the server tells them to request? */
import {
  type Client,
  createAuthorizationRequest,
  register,
  tryAuthorization,
  unregister,
} from './client-registration.js';
import type { AuthorizationServer } from './discovery.js';
import { networkFinding } from './failure.js';
import { type Catalogue, type Checked, type Finding, findingsOf } from './finding.js';
import { type Answer, type Failure, objectOf } from './http.js';
import type { Secrets } from './secrets.js';
import type { Endpoints } from './server-metadata.js';
import { enumerate, spell } from './text.js';
import type { Tools } from './tools.js';

const authorization =
  'https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization';
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
    page: `${authorization}#client-registration-approaches`,
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
    cure: 'Read the provider’s words below: mostly registration is switched off, or a policy restricts hosts, scopes or redirect addresses.',
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
    page: `${authorization}#scope-selection-strategy`,
    topic: 'scopes',
  },
  'registration-login-refused': {
    level: 'problem',
    title: 'The provider refuses to begin a login for a registered client',
    why: 'The request was that of real clients: PKCE, the loopback redirect of the registration, and the resource of the server.',
    cure: 'Read the provider’s words below. invalid_target: it does not know the resource; create it there as an API, with the address in the metadata of the server.',
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
    why: 'The provider did not let them be deleted (RFC 7592).',
    cure: 'Delete the clients named “create-mcp-server doctor (may be deleted)” at the provider.',
    page: 'https://www.rfc-editor.org/rfc/rfc7592#section-2.3',
  },
} as const satisfies Catalogue;

const find = findingsOf(registrationFindings);

interface Subject {
  readonly server: AuthorizationServer;
  readonly endpoints: Endpoints;
  /** What clients are told to request; empty: nothing. */
  readonly scopes: readonly string[];
  readonly resource: string;
}

/** Nobody listens there: a login is only begun. */
const redirects = {
  native: 'http://127.0.0.1:53682/callback',
  web: 'http://localhost:53682/callback',
};

export async function checkRegistration(
  subject: Subject,
  secrets: Secrets,
  { http }: Tools,
): Promise<Checked<undefined>> {
  const { server, endpoints } = subject;
  const { registration } = endpoints;
  if (registration === undefined) {
    const absent = find('registration-absent', { issuer: server.issuer });
    return { findings: [absent], value: undefined };
  }
  // What real clients fall back to when they are told nothing.
  const supported = server.metadata.scopes_supported;
  const listed = Array.isArray(supported) ? supported.filter((s) => typeof s === 'string') : [];
  const wanted = subject.scopes.length > 0 ? subject.scopes : listed;
  const scope = wanted.join(' ');
  const clients: Client[] = [];
  const attempt = async (type: 'native' | 'web', scoped: boolean) => {
    const wish = { redirectUri: redirects[type], type, ...(scoped && { scope }) };
    const result = await register(http, registration, server.url, wish);
    if (result.client !== undefined) {
      clients.push(result.client);
      const { secret, management } = result.client;
      for (const each of [secret, management?.token]) if (each) secrets.add(each);
    }
    return result;
  };

  const bare = await attempt('native', false);
  const scoped = await attempt('native', true);
  const findings: Finding[] = [];
  if (bare.client === undefined && scoped.client === undefined) {
    findings.push(explainRefusal(bare.answer));
  } else {
    if (bare.client === undefined) {
      findings.push(find('registration-needs-scope', describeRefusal(bare.answer)));
    }
    findings.push(...compareScopes(bare.client, scoped.client, wanted));
    const web = await attempt('web', true);
    if (web.client === undefined) {
      const seen = { redirect: redirects.web, ...describeRefusal(web.answer) };
      findings.push(find('registration-web', seen));
    }
    if (!findings.some(({ level }) => level === 'problem')) {
      findings.push(
        ...(await tryLogins(subject, { bare: bare.client, scoped: scoped.client }, scope, http)),
      );
    }
    if (findings.length === 0) {
      findings.push(find('registration-good', { scopes: enumerate(wanted) || 'none' }));
    }
    findings.push(...remark(clients));
  }
  const left = await takeAway(clients, server.url, http);
  if (left.length > 0) findings.push(find('registration-left', { clients: enumerate(left) }));
  return { findings, value: undefined };
}

function explainRefusal(answer: Answer | Failure): Finding {
  if (answer.failed !== undefined) return networkFinding(answer, 'the registration endpoint');
  const seen = describeRefusal(answer);
  if (answer.status === 200 || answer.status === 201) return find('registration-invalid', seen);
  if (seen.error === 'invalid_redirect_uri') {
    return find('registration-redirect', { redirect: redirects.native, ...seen });
  }
  const closed = answer.status === 401 || (answer.status === 403 && /token/.test(seen.error ?? ''));
  return find(closed ? 'registration-closed' : 'registration-refused', seen);
}

function describeRefusal(answer: Answer | Failure) {
  if (answer.failed !== undefined) return { status: answer.detail };
  const { error, error_description: message } = objectOf(answer) ?? {};
  return {
    status: String(answer.status),
    ...(typeof error === 'string' && { error }),
    ...(typeof message === 'string' && message !== '' && { message }),
  };
}

/** What was registered against what will be requested. */
function compareScopes(
  bare: Client | undefined,
  scoped: Client | undefined,
  wanted: readonly string[],
): Finding[] {
  for (const [client, id, what] of [
    [scoped, 'registration-scope-dropped', 'registered'],
    [bare, 'registration-scope-fewer', 'registered without scopes'],
  ] as const) {
    const granted = client?.scopes;
    const missing = granted && wanted.filter((each) => !granted.includes(each));
    if (granted === undefined || missing === undefined || missing.length === 0) continue;
    const common = wanted.filter((each) => granted.includes(each));
    return [
      find(id, {
        'the server asks for': enumerate(wanted),
        [what]: enumerate(granted),
        'the provider will refuse': enumerate(missing),
        'put into scopes_supported': JSON.stringify(common),
      }),
    ];
  }
  return [];
}

/** Begins a login for both clients, without a person. */
async function tryLogins(
  { server, endpoints, resource }: Subject,
  clients: { readonly bare: Client | undefined; readonly scoped: Client | undefined },
  scope: string,
  http: Tools['http'],
): Promise<Finding[]> {
  for (const [client, how] of [
    [clients.scoped, 'with these scopes'],
    [clients.bare, 'without scopes'],
  ] as const) {
    if (client === undefined) continue;
    const request = createAuthorizationRequest(endpoints.authorization, {
      clientId: client.id,
      redirectUri: redirects.native,
      scope,
      resource,
    });
    const result = await tryAuthorization(http, server.url, request, redirects.native);
    if (typeof result === 'string') continue;
    const { error, description } = result;
    const seen = {
      registered: how,
      requested: scope || 'no scope',
      error,
      message: description || undefined,
    };
    if (error !== 'invalid_scope') {
      return [find('registration-login-refused', { ...seen, resource })];
    }
    const side =
      how === 'without scopes'
        ? 'the provider gives clients that register without scopes fewer than the server asks for'
        : 'the server asks for what the provider grants to nobody';
    return [find('registration-scope-refused', { ...seen, inconsistent: side })];
  }
  return [];
}

function remark(clients: readonly Client[]): Finding[] {
  const silent = clients.every(({ scopes }) => scopes === undefined);
  const secret = clients.find((client) => client.secret !== undefined);
  return [
    ...(silent ? [find('registration-scope-silent')] : []),
    ...(secret ? [find('registration-secret', { method: spell(secret.authMethod) })] : []),
  ];
}

async function takeAway(clients: readonly Client[], from: string, http: Tools['http']) {
  const gone = await Promise.all(clients.map((client) => unregister(http, from, client)));
  return clients.filter((_, index) => !gone[index]).map(({ id }) => id);
}
