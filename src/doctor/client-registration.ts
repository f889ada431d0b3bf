/** Registering a client, trying it, and taking it away again (RFC 7591, RFC 7592). */
import { createHash, randomBytes } from 'node:crypto';
import { type Answer, type Failure, type Http, objectOf, redirectOf } from './http.js';

/** A client as the provider registered it. */
export interface Client {
  readonly id: string;
  readonly secret?: string;
  /** What the provider says it may request; undefined: it does not say. */
  readonly scopes?: readonly string[];
  readonly authMethod?: string;
  /** How to delete it, where the provider allows it. */
  readonly management?: { readonly url: string; readonly token: string };
}

export interface Wish {
  readonly redirectUri: string;
  readonly type: 'native' | 'web';
  readonly scope?: string;
}

/** What a client in the provider's list is called, so that a forgotten one can be recognised. */
const clientName = 'create-mcp-server doctor (may be deleted)';

/** @param from the metadata that names the endpoint */
export async function register(
  http: Http,
  endpoint: string,
  from: string,
  { redirectUri, type, scope }: Wish,
): Promise<{ answer: Answer | Failure; client?: Client }> {
  const answer = await http.ask({
    url: endpoint,
    from,
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({
      client_name: clientName,
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      application_type: type,
      ...(scope && { scope }),
    }),
  });
  if (answer.failed !== undefined || answer.status < 200 || answer.status > 201) return { answer };
  const body = objectOf(answer);
  const text = (name: string) => {
    const value = body?.[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const id = text('client_id');
  if (id === undefined) return { answer };
  const secret = text('client_secret');
  const granted = text('scope');
  const authMethod = text('token_endpoint_auth_method');
  const url = text('registration_client_uri');
  const token = text('registration_access_token');
  // The token of the registration goes to whoever gave it, and to nobody else.
  const same = url !== undefined && sameOrigin(url, endpoint);
  const client = {
    id,
    ...(secret && { secret }),
    ...(granted && { scopes: granted.split(' ').filter(Boolean) }),
    ...(authMethod && { authMethod }),
    ...(same && token && { management: { url, token } }),
  };
  return { answer, client };
}

/** @returns whether the client is gone */
export async function unregister(
  http: Http,
  from: string,
  { management }: Client,
): Promise<boolean> {
  if (management === undefined) return false;
  const { url, token } = management;
  const headers = { authorization: `Bearer ${token}` };
  const answer = await http.ask({ url, from, method: 'DELETE', headers, afterwards: true });
  return answer.failed === undefined && answer.status >= 200 && answer.status < 300;
}

function sameOrigin(a: string, b: string): boolean {
  return URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;
}

/** An authorization request (RFC 6749 §4.1.1, RFC 7636, RFC 8707). */
export interface AuthorizationRequest {
  readonly url: string;
  readonly state: string;
  readonly verifier: string;
}

export function createAuthorizationRequest(
  endpoint: string,
  {
    clientId,
    redirectUri,
    scope,
    resource,
    extra = {},
  }: {
    readonly clientId: string;
    readonly redirectUri: string;
    readonly scope: string;
    readonly resource: string;
    /** What the provider needs besides. */
    readonly extra?: Readonly<Record<string, string>>;
  },
): AuthorizationRequest {
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(16).toString('base64url');
  const url = new URL(endpoint);
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    ...(scope !== '' && { scope }),
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    resource,
    ...extra,
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { url: url.href, state, verifier };
}

/** Whether a login begins at once or is refused at once; `undecided`: a login page came. */
export async function tryAuthorization(
  http: Http,
  from: string,
  { url }: AuthorizationRequest,
  redirectUri: string,
): Promise<'undecided' | 'granted' | { readonly error: string; readonly description: string }> {
  const answer = await http.ask({ url, from, headers: { accept: 'text/html' } });
  if (answer.failed !== undefined) return 'undecided';
  const target = redirectOf(answer);
  if (target === undefined || !target.startsWith(`${redirectUri}?`)) {
    const { error, error_description: description } = objectOf(answer) ?? {};
    if (answer.status < 400 || typeof error !== 'string') return 'undecided';
    return { error, description: String(description ?? '') };
  }
  const { searchParams } = new URL(target);
  const error = searchParams.get('error');
  // A login that needs a person is no refusal (OpenID Connect Core §3.1.2.6).
  if (error === null || /^(?:login|consent|interaction|account_selection)_required$/.test(error)) {
    return error === null ? 'granted' : 'undecided';
  }
  return { error, description: searchParams.get('error_description') ?? '' };
}
