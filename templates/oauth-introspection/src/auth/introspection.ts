// Asking the provider about a token (RFC 7662), with this server's own credentials.
import * as oauth from 'oauth4webapi';
import type { Claims } from './claims.js';
import type { Fetching } from './fetch-json.js';
import { Refusal, SetupError } from './problems.js';

/** What introspection needs to know of the authorization server (RFC 8414 §2). */
export type IntrospectionServer = {
  issuer: string;
  introspection_endpoint: string;
  introspection_endpoint_auth_methods_supported: string[];
  token_endpoint_auth_methods_supported: string[];
};

export interface Credentials {
  id: string;
  secret: string;
}

/** What the provider says about a token; `active` is false for tokens that are not good. */
export type Introspect = (token: string) => Promise<Claims & { active: boolean }>;

/** How long one answer may take, in milliseconds. */
const timeout = 4_000;
/** How many questions the provider is asked at a time, and how many more may wait. */
const concurrency = 20;
const waiting = 200;

/**
 * Makes the function that asks. It throws a `Refusal` when the provider cannot be asked.
 * @throws {SetupError} when the provider does not answer now, or refuses the credentials
 */
export async function createIntrospection(
  server: IntrospectionServer,
  credentials: Credentials,
  { fetch }: Fetching,
): Promise<Introspect> {
  const client = { client_id: credentials.id };
  const authenticate = chooseAuthentication(server, credentials.secret);
  const ask = async (token: string) => {
    const response = await oauth.introspectionRequest(server, client, authenticate, token, {
      additionalParameters: { token_type_hint: 'access_token' },
      signal: AbortSignal.timeout(timeout),
      [oauth.customFetch]: fetch as never,
      // Discovery lets http through only for this machine.
      [oauth.allowInsecureRequests]: true,
    });
    return oauth.processIntrospectionResponse(server, client, response);
  };

  await ask('a token that cannot exist').catch((error: unknown) => {
    const problem = isRefusedClient(error) ? 'credentials_refused' : 'introspection_unreachable';
    throw new SetupError(problem, [
      `${server.introspection_endpoint}: ${reasonOf(error)}.`,
      problem === 'credentials_refused'
        ? 'OAUTH_CLIENT_ID and OAUTH_CLIENT_SECRET are the credentials it was asked with.'
        : "The address is the introspection_endpoint of the authorization server's metadata.",
    ]);
  });

  const inTurn = createQueue();
  return async (token) => {
    try {
      return await inTurn(() => ask(token));
    } catch (error) {
      if (isAboutToken(error)) return { active: false };
      // Whatever it is, the token may be good: it is not the caller who is wrong.
      const endpoint = server.introspection_endpoint;
      throw new Refusal('provider_unavailable', { endpoint, reason: reasonOf(error) });
    }
  };
}

/**
 * RFC 8414 §2 leaves open what holds at this endpoint where nothing is said about it: then it is what
 * holds at the token endpoint, and Basic where nothing is said at all.
 */
function chooseAuthentication(server: IntrospectionServer, secret: string): oauth.ClientAuth {
  const { introspection_endpoint_auth_methods_supported: said } = server;
  const methods = said.length > 0 ? said : server.token_endpoint_auth_methods_supported;
  const post = !methods.includes('client_secret_basic') && methods.includes('client_secret_post');
  return post ? oauth.ClientSecretPost(secret) : oauth.ClientSecretBasic(secret);
}

/** Runs a few actions at a time, so that many callers do not become a flood at the provider. */
function createQueue() {
  let running = 0;
  const queue: (() => void)[] = [];
  return async <T>(action: () => Promise<T>): Promise<T> => {
    if (running >= concurrency) {
      if (queue.length >= waiting) throw new Error('too many questions are waiting');
      await new Promise<void>((resolve) => queue.push(resolve));
    } else running++;
    try {
      return await action();
    } finally {
      // The place goes to the one who waits longest, or becomes free.
      const next = queue.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}

function isRefusedClient(error: unknown): boolean {
  const status =
    error instanceof oauth.WWWAuthenticateChallengeError || error instanceof oauth.ResponseBodyError
      ? error.status
      : undefined;
  return status === 400 || status === 401 || status === 403;
}

/**
 * Some providers refuse what cannot be a token of theirs, such as a JWT where theirs are opaque. RFC
 * 7662 §2.2 would have them say that it is not active; the caller means nothing else.
 */
function isAboutToken(error: unknown): boolean {
  const words = ['unsupported_token_type', 'invalid_token', 'invalid_request'];
  return (
    error instanceof oauth.ResponseBodyError && error.status === 400 && words.includes(error.error)
  );
}

/** Never the library's whole error: it may hold the response, and with it the token's claims. */
function reasonOf(error: unknown): string {
  if (error instanceof oauth.ResponseBodyError) return `status ${error.status}, ${error.error}`;
  if (error instanceof oauth.WWWAuthenticateChallengeError) return `status ${error.status}`;
  const { message, cause } = error as Error & { cause?: { code?: string; status?: number } };
  // Not by instanceof: the HTTP adapter puts a class of its own in the place of the global Response.
  if (typeof cause?.status === 'number') return `status ${cause.status}`;
  return cause?.code ?? message;
}
