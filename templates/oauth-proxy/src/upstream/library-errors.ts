// What the errors of the libraries mean. They may hold whole answers, with tokens in them, so none is
// passed on: only what is known to be harmless is copied.
import * as client from 'openid-client';
import { withoutControls } from '../settings.js';
import {
  ClientRefused,
  type Details,
  LoginEnded,
  LoginFailed,
  ProviderUnavailable,
} from './errors.js';

/** Error codes of token endpoints about the code (RFC 6749 §5.2; the second is GitHub's). */
const codeRefused = new Set(['invalid_grant', 'bad_verification_code']);
/** About this server's credentials (the last is GitHub's). */
const clientRefused = new Set([
  ...['invalid_client', 'unauthorized_client', 'incorrect_client_credentials'],
]);
/** When only the person can help: revoked, expired, or another login is wanted (GitHub, Entra). */
const loginEnded = new Set([
  ...['invalid_grant', 'bad_refresh_token'],
  ...['interaction_required', 'login_required', 'consent_required'],
]);
/** RFC 6749 §4.1.2.1: the provider has a problem of its own. */
const trouble = new Set(['server_error', 'temporarily_unavailable']);

/**
 * Why a login failed. What is not an error of a library stays what it is.
 * @param secrets what must not be seen, should the provider repeat it
 */
export function toLoginProblem(error: unknown, secrets: readonly string[]): unknown {
  const outage = outageIn(error);
  if (outage !== undefined) return outage;
  if (!isOfLibrary(error)) return error;
  const refusal = refusalIn(error, secrets);
  if (refusal !== undefined) {
    const { code, details } = refusal;
    if (trouble.has(code)) return new ProviderUnavailable(details);
    if (error instanceof client.AuthorizationResponseError) {
      // RFC 6749 §4.1.2.1: the person or the provider said no. All else is a mistake of the set-up.
      return new LoginFailed(code === 'access_denied' ? 'denied' : 'request_refused', details);
    }
    if (codeRefused.has(code)) return new LoginFailed('code_refused', details);
    return new LoginFailed(
      isAboutClient(error, code) ? 'client_refused' : 'request_refused',
      details,
    );
  }
  if (error instanceof client.WWWAuthenticateChallengeError) {
    // RFC 6749 §5.2: that is how a client is told that its credentials are wrong.
    return new LoginFailed('client_refused', { status: error.status });
  }
  const details = detailsOf(error);
  return new LoginFailed(isAboutCallback(error) ? 'callback_refused' : 'answer_refused', details);
}

/** Why there are no new tokens: the same. Only a clear word of the provider ends a login. */
export function toRefreshProblem(error: unknown, secrets: readonly string[]): unknown {
  const outage = outageIn(error);
  if (outage !== undefined) return outage;
  if (!isOfLibrary(error)) return error;
  const refusal = refusalIn(error, secrets);
  if (refusal !== undefined && loginEnded.has(refusal.code)) return new LoginEnded(refusal.details);
  if (error instanceof client.WWWAuthenticateChallengeError) {
    const { status } = error;
    return status === 401 ? new ClientRefused({ status }) : new ProviderUnavailable({ status });
  }
  if (refusal === undefined) return new ProviderUnavailable(detailsOf(error));
  return isAboutClient(error, refusal.code)
    ? new ClientRefused(refusal.details)
    : new ProviderUnavailable(refusal.details);
}

/** The libraries wrap what `fetch` throws. */
function outageIn(error: unknown): ProviderUnavailable | undefined {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    if (inner instanceof ProviderUnavailable) return inner;
  }
  return undefined;
}

/** They have classes of their own, or are a TypeError with a code (for input that is no JWT, say). */
function isOfLibrary(error: unknown): error is Error {
  const own = [
    client.ClientError,
    client.AuthorizationResponseError,
    client.ResponseBodyError,
    client.WWWAuthenticateChallengeError,
  ];
  return (
    own.some((type) => error instanceof type) || (error instanceof TypeError && 'code' in error)
  );
}

/** The provider says no, and why: in the redirect, or in an answer. */
function refusalIn(error: unknown, secrets: readonly string[]) {
  const isRefusal =
    error instanceof client.AuthorizationResponseError || error instanceof client.ResponseBodyError;
  if (!isRefusal) return undefined;
  const { error: code, error_description: text } = error;
  return {
    code,
    details: {
      error: harmless(code, secrets),
      ...(text !== undefined && { description: harmless(text, secrets) }),
    },
  };
}

/** RFC 6749 §5.2: the status says it as well; Auth0 has only that, and calls it `access_denied`. */
function isAboutClient(error: unknown, code: string): boolean {
  const isUnauthorized = error instanceof client.ResponseBodyError && error.status === 401;
  return clientRefused.has(code) || isUnauthorized;
}

function harmless(text: string, secrets: readonly string[]): string {
  const clean = secrets
    .filter(Boolean)
    .reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text);
  return withoutControls(clean).slice(0, 500);
}

/** RFC 6749 §4.1.2, RFC 9207 §2.4: `state` and `iss` are checked before anything is sent. */
function isAboutCallback(error: unknown): boolean {
  const { cause } = causeOf(error) ?? {};
  return typeof cause === 'object' && cause !== null && 'parameters' in cause;
}

/** The libraries' own words, which hold no values, and the two claims that are no secrets. */
function detailsOf(error: Error): Details {
  const own = causeOf(error);
  const { claim, expected, claims, status } = (own?.cause ?? error.cause ?? {}) as {
    claim?: string;
    expected?: unknown;
    claims?: Record<string, unknown>;
    status?: number;
  };
  return {
    reason: own?.message ?? (error instanceof client.ClientError ? error.message : codeOf(error)),
    ...(typeof status === 'number' && { status }),
    ...(claim !== undefined && { claim }),
    ...((claim === 'iss' || claim === 'aud') && { expected, found: claims?.[claim] }),
  };
}

/** The error of oauth4webapi, which openid-client wraps. */
function causeOf(error: unknown): Error | undefined {
  if (!(error instanceof client.ClientError)) return undefined;
  const { cause } = error as Error & { cause?: unknown };
  return cause instanceof Error && codeOf(cause).startsWith('OAUTH_') ? cause : undefined;
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
