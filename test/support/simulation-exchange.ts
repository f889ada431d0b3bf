/** The token endpoint of a simulated provider. */
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from './simulation.js';
import type { Refusal, TokenResponse } from './simulation-data.js';
import { type Login, refusalBody } from './simulation-login.js';
import type { Pending, Surroundings } from './simulation-state.js';

const invalidGrant: Refusal = { error: 'invalid_grant', description: '' };

export function createExchange({ data, factsNow, mint, state }: Surroundings, login: Login) {
  /** RFC 6749 §3.2 */
  async function exchange(form: URLSearchParams, headers: IncomingHttpHeaders): Promise<Answer> {
    state.seen.exchanges.push(form);
    const { formEncoded } = data();
    const encode = (answer: Answer): Answer => {
      const wanted = formEncoded === 'always' || !headers.accept?.includes('json');
      if (!formEncoded || !wanted) return answer;
      const type = 'application/x-www-form-urlencoded; charset=utf-8';
      const body = new URLSearchParams(answer.body as Record<string, string>).toString();
      return { ...answer, headers: { 'content-type': type }, body };
    };
    const { exchangeRefusal } = data();
    if (exchangeRefusal !== undefined) return encode(refusalBody(exchangeRefusal, 400));
    const refused = refuseClient(form, headers);
    if (refused !== undefined) return encode(refused);
    const again = form.get('grant_type') === 'refresh_token';
    const outcome = again ? refresh(form) : redeem(form);
    if ('error' in outcome) return encode(refusalBody(outcome, formEncoded ? 200 : 400));
    return encode({ status: 200, body: await respond(outcome, again) });
  }

  /** RFC 6749 §2.3.1; where the metadata says nothing, it is Basic (RFC 8414 §2). */
  function refuseClient(
    form: URLSearchParams,
    { authorization = '' }: IncomingHttpHeaders,
  ): Answer | undefined {
    const basic = Buffer.from(authorization.slice(6), 'base64').toString();
    const [name, password] = basic.split(':').map(decode);
    const byHeader = authorization.startsWith('Basic ');
    const id = byHeader ? name : form.get('client_id');
    const { secret } = state.clients.get(id ?? '') ?? {};
    if (secret === undefined) return undefined;
    const { clientAuthentication, clientRefusal, document } = data();
    const announced = document(factsNow()).token_endpoint_auth_methods_supported;
    const methods = (clientAuthentication ?? announced ?? ['client_secret_basic']) as string[];
    const given = byHeader ? password : form.get('client_secret');
    const method = byHeader ? 'client_secret_basic' : 'client_secret_post';
    if (methods.includes(method) && given === secret) return undefined;
    const answer = refusalBody(clientRefusal ?? { error: 'invalid_client', description: '' }, 401);
    // RFC 6749 §5.2: it belongs there for those who used the header; not everybody does it.
    const challenge = byHeader && clientRefusal?.challenge;
    return challenge ? { ...answer, headers: { 'www-authenticate': 'Basic' } } : answer;
  }

  /** RFC 6749 §4.1.3, RFC 7636 §4.6 */
  function redeem(form: URLSearchParams): Pending | Refusal {
    const code = form.get('code') ?? '';
    const pending = state.codes.get(code);
    state.codes.delete(code);
    const verifier = form.get('code_verifier') ?? '';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    if (
      data().codesExpire ||
      pending?.parameters.get('code_challenge') !== challenge ||
      pending.parameters.get('redirect_uri') !== form.get('redirect_uri')
    ) {
      return data().codeRefusal ?? invalidGrant;
    }
    const { resource, severalApis } = data();
    const wrong = resource?.at === 'token' ? login.refuseResource(form) : undefined;
    const apis = new Set(pending.grant.scopes.map((scope) => /^.+(?=\/)/.exec(scope)?.[0]));
    apis.delete(undefined);
    return wrong ?? (apis.size > 1 ? severalApis : undefined) ?? pending;
  }

  /** RFC 6749 §6 */
  function refresh(form: URLSearchParams): Pending | Refusal {
    const { refresh: rules = {} } = data();
    const token = form.get('refresh_token') ?? '';
    const pending = state.refreshTokens.get(token);
    if (pending === undefined) return rules.ended ?? invalidGrant;
    const requested = form.get('scope');
    if (requested === null && rules.scopeless !== undefined) return rules.scopeless;
    const scopes = requested ? login.grantScopes(pending.grant.scopes, requested) : undefined;
    if (scopes !== undefined && !Array.isArray(scopes)) return scopes;
    if (rules.rotates) state.refreshTokens.delete(token);
    // OpenID Connect Core §12.2: the nonce belongs to the login.
    const grant = { ...pending.grant, nonce: undefined, ...(scopes && { scopes }) };
    return { ...pending, grant };
  }

  /** @param again whether it is a refresh */
  async function respond({ grant, parameters }: Pending, again: boolean): Promise<object> {
    const { idToken, response, refresh: rules = {} } = data();
    const accessToken = await mint.issue(factsNow(), grant);
    const refreshToken = crypto.randomUUID();
    const usual: TokenResponse = {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: mint.lifetime,
      scope: grant.scopes.join(' '),
      ...(idToken &&
        grant.scopes.includes('openid') && {
          id_token: await mint.issue(factsNow(), grant, { kind: 'id' }),
        }),
      refresh_token: refreshToken,
    };
    const { refresh_token: brought, ...answer } = response?.(usual, parameters) ?? { ...usual };
    if (brought === undefined || (again && !rules.rotates)) return answer;
    state.refreshTokens.set(refreshToken, { grant, parameters });
    state.issued.push(refreshToken);
    return { ...answer, refresh_token: refreshToken };
  }

  return exchange;
}

/** RFC 6749 §2.3.1: both parts are encoded before they are joined. */
export function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
