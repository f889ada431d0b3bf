/** Registration and authorization endpoint of a simulated provider. Everybody agrees at once. */
import { fill } from '../../src/providers/variables.js';
import type { Answer } from './simulation.js';
import type { Refusal } from './simulation-data.js';
import type { Surroundings } from './simulation-state.js';

/** Where the client that was registered by hand waits: test/support/person.ts. */
export const redirectUrl = 'http://localhost:43210/callback';

export function createLogin({ data, factsNow, state }: Surroundings) {
  /** RFC 7591 */
  function register(body: string): Answer {
    const { registration, scopes } = data();
    if (registration !== 'open') return refusalBody(registration, 403);
    const metadata = JSON.parse(body);
    const id = crypto.randomUUID();
    const registered = metadata.scope ? metadata.scope.split(' ') : undefined;
    const usual = scopes.default && filled(scopes.default);
    state.clients.set(id, {
      redirectUris: metadata.redirect_uris,
      scopes: scopes.pinned ? (registered ?? usual) : undefined,
    });
    return { status: 201, body: { ...metadata, client_id: id, client_id_issued_at: 0 } };
  }

  /** RFC 6749 §4.1.1, RFC 7636, RFC 8707 */
  function authorize(parameters: URLSearchParams): Answer {
    state.seen.authorizations.push(parameters);
    const id = parameters.get('client_id') ?? '';
    const redirectUri = parameters.get('redirect_uri') ?? '';
    const known = state.clients.get(id);
    // RFC 6749 §4.1.2.1: nobody is sent to an address that was not registered.
    if (!known?.redirectUris.includes(redirectUri)) {
      const usual = { error: 'invalid_request', description: '' };
      return refusalBody(data().redirectRefusal ?? usual, 400);
    }
    const back = (answer: Record<string, string>): Answer => {
      const location = new URL(redirectUri);
      const { authorization_response_iss_parameter_supported: iss } = data().document(factsNow());
      const given = parameters.get('state');
      const all = {
        ...answer,
        ...(given !== null && { state: given }),
        ...(iss === true && { iss: factsNow().issuer }),
      };
      for (const [name, value] of Object.entries(all)) location.searchParams.set(name, value);
      return { status: 302, headers: { location: location.href } };
    };
    const refuse = ({ error, description }: Refusal) =>
      back({ error, error_description: description });

    const proof = [parameters.get('response_type'), parameters.get('code_challenge_method')];
    if (proof.join(' ') !== 'code S256' || !parameters.get('code_challenge')) {
      return refuse({ error: 'invalid_request', description: 'A code with PKCE (S256) is needed' });
    }
    const { resource: rule, denies } = data();
    if (denies !== undefined) return refuse(denies);
    const wrongResource = rule?.at === 'token' ? undefined : refuseResource(parameters);
    if (wrongResource !== undefined) return refuse(wrongResource);
    const scopes = grantScopes(known.scopes, parameters.get('scope'));
    if (!Array.isArray(scopes)) return refuse(scopes);

    const code = crypto.randomUUID();
    const resource = parameters.get('resource') ?? undefined;
    const nonce = parameters.get('nonce') ?? undefined;
    state.codes.set(code, { grant: { client: id, scopes, resource, nonce }, parameters });
    return back({ code });
  }

  function refuseResource(parameters: URLSearchParams): Refusal | undefined {
    const { known, absent, unknown } = data().resource ?? {};
    const resource = parameters.get('resource');
    if (resource === null) return absent;
    const facts = factsNow();
    return resource === (known?.(facts) ?? facts.endpoint) ? undefined : unknown;
  }

  /** @param registered what the client may request; undefined: every scope */
  function grantScopes(
    registered: readonly string[] | undefined,
    requested: string | null,
  ): string[] | Refusal {
    const { all, default: usual = [], refusal } = data().scopes;
    const possible = registered ?? filled(all);
    const wanted = requested ? requested.split(' ') : filled(usual);
    const foreign = wanted.find((scope) => !possible.includes(scope));
    if (foreign !== undefined && refusal !== undefined) {
      return { ...refusal, description: refusal.description.replace('{scope}', foreign) };
    }
    return wanted.filter((scope) => possible.includes(scope));
  }

  const filled = (scopes: readonly string[]) =>
    scopes.map((scope) => fill(scope, factsNow().values));

  return { register, authorize, refuseResource, grantScopes };
}

export type Login = ReturnType<typeof createLogin>;

/** The refusal as JSON; `usual` is the status where it names none. */
export function refusalBody({ error, description, status }: Refusal, usual: number) {
  return {
    status: status ?? usual,
    body: { error, ...(description && { error_description: description }) },
  } satisfies Answer;
}
