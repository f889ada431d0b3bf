/** `--login`: a whole login in the person's browser, as an MCP client does it. */
import { createAuthorizationRequest, register, unregister } from './client-registration.js';
import type { AuthorizationServer } from './discovery.js';
import { networkFinding } from './failure.js';
import { type Checked, type Finding, findingsOf } from './finding.js';
import { type Answer, objectOf } from './http.js';
import { within } from './limit.js';
import { loginFindings } from './login-findings.js';
import type { Recognised } from './preset.js';
import { listenForRedirect } from './redirect-listener.js';
import type { Secrets } from './secrets.js';
import type { Endpoints } from './server-metadata.js';
import { enumerate, spell } from './text.js';
import type { Tools } from './tools.js';

const find = findingsOf(loginFindings);

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
  /** How long the person may take, in milliseconds. */
  readonly patience: number;
  readonly signal: AbortSignal;
}

/** @returns the access token */
export async function logIn(
  options: LoginOptions,
  secrets: Secrets,
  { http }: Tools,
): Promise<Checked<string | undefined>> {
  const { server, endpoints, scopes, resource, preset, clientId, visit, patience, signal } =
    options;
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
  secrets.spare(redirectUri);

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
  for (const each of [secret, registered?.client?.management?.token])
    if (each) secrets.addIssued(each);

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
    const answer = await within(patience, signal, () => listener.wait(request.state)).catch(
      () => undefined,
    );
    signal.throwIfAborted();
    if (answer === undefined)
      return stop(find('login-timeout', { redirect: redirectUri, client: id }));
    const refusal = checkResponse(answer, server);
    if (refusal !== undefined) return stop(refusal);
    const code = answer.get('code') ?? '';
    secrets.addIssued(code);
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
    if (typeof value === 'string') secrets.addIssued(value);
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
