/** `--register`: do registered clients get the scopes that the server tells them to request? */
import { type Client, register, unregister } from './client-registration.js';
import type { AuthorizationServer } from './discovery.js';
import { networkFinding } from './failure.js';
import { type Checked, type Finding, findingsOf } from './finding.js';
import { type Answer, type Failure, objectOf } from './http.js';
import { registrationFindings } from './registration-findings.js';
import { compareScopes, tryLogins } from './registration-scopes.js';
import { mostScopes } from './scopes.js';
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
  const wanted = subject.scopes.length > 0 ? subject.scopes : listed.slice(0, mostScopes);
  const scope = wanted.join(' ');
  for (const redirect of Object.values(redirects)) secrets.spare(redirect);
  const clients: Client[] = [];
  const attempt = async (type: 'native' | 'web', scoped: boolean) => {
    const wish = { redirectUri: redirects[type], type, ...(scoped && { scope }) };
    const result = await register(http, registration, server.url, wish);
    if (result.client !== undefined) {
      clients.push(result.client);
      const { secret, management } = result.client;
      for (const each of [secret, management?.token]) if (each) secrets.addIssued(each);
    }
    return result;
  };

  const findings: Finding[] = [];
  try {
    await compare();
  } catch (error) {
    // The person cancelled.
    await takeAway(clients, server.url, http);
    throw error;
  }
  const left = await takeAway(clients, server.url, http);
  if (left.length > 0) findings.push(find('registration-left', { clients: enumerate(left) }));
  return { findings, value: undefined };

  async function compare(): Promise<void> {
    const bare = await attempt('native', false);
    const scoped = await attempt('native', true);
    if (bare.client === undefined && scoped.client === undefined) {
      findings.push(explainRefusal(bare.answer));
      return;
    }
    if (bare.client === undefined) {
      findings.push(find('registration-needs-scope', describeRefusal(bare.answer)));
    }
    const registered = { bare: bare.client, scoped: scoped.client };
    findings.push(...compareScopes(registered, wanted));
    const web = await attempt('web', true);
    if (web.client === undefined) {
      const seen = { redirect: redirects.web, ...describeRefusal(web.answer) };
      findings.push(find('registration-web', seen));
    }
    if (!findings.some(({ level }) => level === 'problem')) {
      const attempt = { ...subject, redirectUri: redirects.native };
      findings.push(...(await tryLogins(registered, wanted, attempt, http)));
    }
    if (findings.length === 0) {
      findings.push(find('registration-good', { scopes: enumerate(wanted) || 'none' }));
    }
    findings.push(...remark(clients));
  }
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
