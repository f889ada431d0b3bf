/** What registered clients may request, against what they are told to request. */
import {
  type Client,
  createAuthorizationRequest,
  tryAuthorization,
} from './client-registration.js';
import type { AuthorizationServer } from './discovery.js';
import { type Finding, findingsOf } from './finding.js';
import type { Http } from './http.js';
import { registrationFindings } from './registration-findings.js';
import type { Endpoints } from './server-metadata.js';
import { enumerate } from './text.js';

const find = findingsOf(registrationFindings);

/** The clients that could be registered: with the scopes that will be requested, and without any. */
export interface Registered {
  readonly scoped: Client | undefined;
  readonly bare: Client | undefined;
}

/** Which side has to change. */
const inconsistent = {
  scoped: 'the server asks for what the provider grants to nobody',
  bare: 'the provider gives clients that register without scopes fewer than the server asks for',
} as const;

/** What was registered against what will be requested, as far as the provider says it. */
export function compareScopes(clients: Registered, wanted: readonly string[]): Finding[] {
  for (const [which, id, what] of [
    ['scoped', 'registration-scope-dropped', 'registered'],
    ['bare', 'registration-scope-fewer', 'registered without scopes'],
  ] as const) {
    const granted = clients[which]?.scopes;
    if (granted === undefined || wanted.every((scope) => granted.includes(scope))) continue;
    const good = wanted.filter((scope) => granted.includes(scope));
    return [
      find(id, {
        'clients will request': enumerate(wanted),
        [what]: enumerate(granted),
        inconsistent: inconsistent[which],
        ...advise(wanted, good),
      }),
    ];
  }
  return [];
}

export interface Attempt {
  readonly server: AuthorizationServer;
  readonly endpoints: Endpoints;
  readonly resource: string;
  readonly redirectUri: string;
}

/** So many scopes are tried one by one. */
const mostTried = 10;

/** Begins a login for both clients, without a person: many a provider refuses at once. */
export async function tryLogins(
  clients: Registered,
  wanted: readonly string[],
  { server, endpoints, resource, redirectUri }: Attempt,
  http: Http,
): Promise<Finding[]> {
  const begin = ({ id }: Client, scopes: readonly string[]) => {
    const scope = scopes.join(' ');
    const wish = { clientId: id, redirectUri, scope, resource };
    const request = createAuthorizationRequest(endpoints.authorization, wish);
    return tryAuthorization(http, server.url, request, redirectUri);
  };

  for (const which of ['scoped', 'bare'] as const) {
    const client = clients[which];
    if (client === undefined) continue;
    const result = await begin(client, wanted);
    if (typeof result === 'string') continue;
    const { error, description } = result;
    const seen = {
      registered: which === 'scoped' ? 'with these scopes' : 'without scopes',
      requested: enumerate(wanted) || 'no scope',
      error,
      message: description || undefined,
    };
    if (error !== 'invalid_scope') {
      return [find('registration-login-refused', { ...seen, resource })];
    }
    const tried = wanted.slice(0, mostTried);
    const answers = await Promise.all(tried.map((scope) => begin(client, [scope])));
    const good = tried.filter((_, index) => !isScopeRefused(answers[index]));
    const advice = wanted.length > mostTried ? {} : advise(wanted, good);
    const side = inconsistent[which];
    return [find('registration-scope-refused', { ...seen, inconsistent: side, ...advice })];
  }
  return [];
}

function isScopeRefused(result: Awaited<ReturnType<typeof tryAuthorization>> | undefined): boolean {
  return typeof result === 'object' && result.error === 'invalid_scope';
}

function advise(wanted: readonly string[], good: readonly string[]) {
  const refused = wanted.filter((scope) => !good.includes(scope));
  return {
    'the provider will refuse': enumerate(refused) || 'their combination',
    'put into scopes_supported': JSON.stringify(good),
  };
}
