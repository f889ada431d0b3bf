/** `--login`: a whole login in the person's browser, as an MCP client does it. */
import { createAuthorizationRequest, register, unregister } from './client-registration.js';
import type { AuthorizationServer } from './discovery.js';
import { networkFinding } from './failure.js';
import { type Catalogue, type Checked, type Finding, findingsOf } from './finding.js';
import { type Answer, objectOf } from './http.js';
import type { Recognised } from './preset.js';
import { listenForRedirect } from './redirect-listener.js';
import type { Secrets } from './secrets.js';
import type { Endpoints } from './server-metadata.js';
import { enumerate, spell } from './text.js';
import type { Tools } from './tools.js';

const authorization =
  'https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization';

export const loginFindings = {
  'login-good': { level: 'ok', title: 'The login works, and gave a token' },
  'login-no-client': {
    level: 'problem',
    title: 'There is no client to log in with',
    why: 'The provider did not register one, and none was given.',
    cure: 'Register a public client at the provider by hand, and name it with --client-id (and --redirect-uri, if the provider compares redirect addresses letter for letter).',
    page: `${authorization}#client-registration-approaches`,
    topic: 'registration',
  },
  'login-timeout': {
    level: 'problem',
    title: 'Nobody came back from the login',
    why: 'The provider shows an error page instead of sending the browser back when it does not know the client or its redirect address. Or the login was not finished.',
    cure: 'Read the page in the browser. The redirect address below has to be registered for this client.',
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
    cure: 'Read the provider’s words below. invalid_scope: the client may not request a scope that the server asks for. invalid_target: the provider does not know the resource. access_denied: the person, or a rule, said no.',
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
    cure: 'Read the provider’s words below. invalid_client: the client needs a secret, make it a public one. invalid_grant: the redirect address or the PKCE verifier was not accepted. invalid_target: the provider does not know the resource.',
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

const find = findingsOf(loginFindings);

/** How long a person may take, in milliseconds. */
const patience = 5 * 60_000;

export interface LoginOptions {
  readonly server: AuthorizationServer;
  readonly endpoints: Endpoints;
  readonly scopes: readonly string[];
  readonly resource: string;
  readonly preset?: Recognised;
  /** A client that was registered by hand. */
  readonly clientId?: string;
  /** The redirect address that was registered with it. */
  readonly redirectUri?: URL;
  /** Takes the person to a page, and tells where it is. */
  readonly visit: (url: string) => void;
  readonly signal: AbortSignal;
}

/** @returns the access token */
export async function logIn(
  options: LoginOptions,
  secrets: Secrets,
  { http }: Tools,
): Promise<Checked<string | undefined>> {
  const { server, endpoints, scopes, resource, preset, clientId, visit, signal } = options;
  const stop = (finding: Finding) => ({ findings: [finding], value: undefined });
  const scope = scopes.join(' ');
  let opened: Awaited<ReturnType<typeof listenForRedirect>>;
  try {
    opened = await listenForRedirect(options.redirectUri);
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code);
    return stop(find('login-port', { redirect: options.redirectUri?.href, detail: code }));
  }
  await using listener = opened;
  const { redirectUri } = listener;

  const registered =
    clientId === undefined && endpoints.registration !== undefined
      ? await register(http, endpoints.registration, server.url, {
          redirectUri,
          type: 'native',
          ...(scope !== '' && { scope }),
        })
      : undefined;
  const id = clientId ?? registered?.client?.id;
  if (id === undefined) {
    const refused = registered?.answer;
    const status = refused?.failed === undefined ? refused?.status : refused.detail;
    return stop(
      find('login-no-client', { registration: status === undefined ? undefined : String(status) }),
    );
  }
  const secret = registered?.client?.secret;
  for (const each of [secret, registered?.client?.management?.token]) if (each) secrets.add(each);

  try {
    const request = createAuthorizationRequest(endpoints.authorization, {
      clientId: id,
      redirectUri,
      scope,
      resource,
      extra: preset?.provider.authorizationParameters ?? {},
    });
    secrets.add(request.verifier);
    visit(request.url);
    const limit = AbortSignal.any([AbortSignal.timeout(patience), signal]);
    const answer = await listener.wait(request.state, limit).catch(() => undefined);
    signal.throwIfAborted();
    if (answer === undefined)
      return stop(find('login-timeout', { redirect: redirectUri, client: id }));
    const refusal = checkResponse(answer, server);
    if (refusal !== undefined) return stop(refusal);
    const code = answer.get('code') ?? '';
    secrets.add(code);
    const form = new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      client_id: id,
      code_verifier: request.verifier,
      resource,
      ...(secret && { client_secret: secret }),
    });
    const response = await http.ask({
      url: endpoints.token,
      from: server.url,
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: form.toString(),
    });
    if (response.failed !== undefined) return stop(networkFinding(response, 'the token endpoint'));
    return readTokens(response, scopes, secrets);
  } finally {
    if (registered?.client !== undefined) await unregister(http, server.url, registered.client);
  }
}

/** RFC 6749 §4.1.2.1, RFC 9207 §2.4 */
function checkResponse(answer: URLSearchParams, server: AuthorizationServer): Finding | undefined {
  const iss = answer.get('iss');
  const announced = server.metadata.authorization_response_iss_parameter_supported === true;
  if (iss === null ? announced : iss !== server.issuer) {
    return find('login-issuer', { expected: server.issuer, found: iss ?? 'nothing' });
  }
  const error = answer.get('error');
  if (error === null && answer.get('code')) return undefined;
  const message = answer.get('error_description') ?? undefined;
  return find('login-refused', { error: error ?? 'no code', message });
}

function readTokens(
  response: Answer,
  requested: readonly string[],
  secrets: Secrets,
): Checked<string | undefined> {
  const body = objectOf(response);
  for (const name of ['access_token', 'refresh_token', 'id_token']) {
    const value = body?.[name];
    if (typeof value === 'string') secrets.add(value);
  }
  const seen = {
    status: String(response.status),
    error: typeof body?.error === 'string' ? body.error : undefined,
    message: typeof body?.error_description === 'string' ? body.error_description : undefined,
  };
  if (response.status !== 200 || body?.error !== undefined) {
    return { findings: [find('login-exchange', seen)], value: undefined };
  }
  const token = body?.access_token;
  if (typeof token !== 'string' || token === '') {
    const members = body === undefined ? 'no JSON' : enumerate(Object.keys(body));
    return { findings: [find('login-no-token', { ...seen, members })], value: undefined };
  }
  // Absent: all that was requested (RFC 6749 §5.1). GitHub separates by commas.
  const granted = typeof body?.scope === 'string' ? body.scope.split(/[ ,]+/) : undefined;
  const missing = requested.filter((scope) => granted && !granted.includes(scope));
  const findings =
    missing.length > 0
      ? [
          find('login-scope-fewer', {
            missing: enumerate(missing),
            granted: enumerate(granted ?? []),
          }),
        ]
      : [
          find('login-good', {
            type: spell(body?.token_type),
            scope: enumerate(granted ?? []) || undefined,
          }),
        ];
  return { findings, value: token };
}
