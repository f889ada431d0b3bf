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
import { type Checked, type Finding, findingsOf } from './finding.js';
import { type Answer, type Failure, objectOf } from './http.js';
import { registrationFindings } from './registration-findings.js';
import type { Secrets } from './secrets.js';
import type { Endpoints } from './server-metadata.js';
import { enumerate, spell } from './text.js';
import type { Tools } from './tools.js';

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
