/** Registration, authorization and token endpoint of a simulated provider. Everybody agrees at once. */
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { fill } from '../../src/providers/variables.js';
import type { Answer } from './simulation.js';
import type { Facts, Grant, Refusal, Simulation, TokenResponse } from './simulation-data.js';
import { lifetime, type Mint } from './simulation-tokens.js';

interface Client {
  redirectUris: readonly string[];
  /** What it may request; undefined: every scope. */
  scopes: readonly string[] | undefined;
}

/** What was agreed to, until the code comes back. */
interface Pending {
  grant: Grant;
  parameters: URLSearchParams;
}

/** Where the client that was registered by hand waits: test/support/person.ts. */
export const redirectUrl = 'http://localhost:43210/callback';

interface Surroundings {
  /** The client that was registered by hand, with every scope. */
  client: string;
  factsNow(): Facts;
  mint: Mint;
}

export function createLogin(data: Simulation, { client, factsNow, mint }: Surroundings) {
  const clients = new Map<string, Client>([
    [client, { redirectUris: [redirectUrl], scopes: undefined }],
  ]);
  const codes = new Map<string, Pending>();
  const filled = (scopes: readonly string[]) =>
    scopes.map((scope) => fill(scope, factsNow().values));

  /** RFC 7591 */
  function register(body: string): Answer {
    if (data.registration !== 'open') return asAnswer(data.registration, 403);
    const metadata = JSON.parse(body);
    const id = crypto.randomUUID();
    const registered = metadata.scope ? metadata.scope.split(' ') : undefined;
    const usual = data.scopes.default && filled(data.scopes.default);
    clients.set(id, {
      redirectUris: metadata.redirect_uris,
      scopes: data.scopes.pinned ? (registered ?? usual) : undefined,
    });
    return { status: 201, body: { ...metadata, client_id: id, client_id_issued_at: 0 } };
  }

  /** RFC 6749 §4.1.1, RFC 7636, RFC 8707 */
  function authorize(parameters: URLSearchParams): Answer {
    const id = parameters.get('client_id') ?? '';
    const redirectUri = parameters.get('redirect_uri') ?? '';
    const known = clients.get(id);
    // RFC 6749 §4.1.2.1: nobody is sent to an address that was not registered.
    if (!known?.redirectUris.includes(redirectUri)) {
      return { status: 400, body: { error: 'invalid_request' } };
    }
    const back = (answer: Record<string, string>): Answer => {
      const location = new URL(redirectUri);
      const { authorization_response_iss_parameter_supported: iss } = data.document(factsNow());
      const state = parameters.get('state');
      const all = {
        ...answer,
        ...(state !== null && { state }),
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
    const wrongResource = data.resource?.at === 'token' ? undefined : refuseResource(parameters);
    if (wrongResource !== undefined) return refuse(wrongResource);
    const scopes = grantScopes(known, parameters.get('scope'));
    if (!Array.isArray(scopes)) return refuse(scopes);

    const code = crypto.randomUUID();
    const resource = parameters.get('resource') ?? undefined;
    const nonce = parameters.get('nonce') ?? undefined;
    codes.set(code, { grant: { client: id, scopes, resource, nonce }, parameters });
    return back({ code });
  }

  function refuseResource(parameters: URLSearchParams): Refusal | undefined {
    const { known, absent, unknown } = data.resource ?? {};
    const resource = parameters.get('resource');
    if (resource === null) return absent;
    const facts = factsNow();
    return resource === (known?.(facts) ?? facts.endpoint) ? undefined : unknown;
  }

  function grantScopes({ scopes }: Client, requested: string | null): string[] | Refusal {
    const possible = scopes ?? filled(data.scopes.all);
    const wanted = requested ? requested.split(' ') : filled(data.scopes.default ?? []);
    const foreign = wanted.find((scope) => !possible.includes(scope));
    const { refusal } = data.scopes;
    if (foreign === undefined || refusal === undefined) {
      return wanted.filter((scope) => possible.includes(scope));
    }
    return { ...refusal, description: refusal.description.replace('{scope}', foreign) };
  }

  /** RFC 6749 §4.1.3 */
  async function exchange(form: URLSearchParams, headers: IncomingHttpHeaders): Promise<Answer> {
    const encode = (body: object): Partial<Answer> => {
      if (!data.formEncoded || headers.accept?.includes('json')) return { body };
      const type = 'application/x-www-form-urlencoded; charset=utf-8';
      const text = new URLSearchParams(body as Record<string, string>).toString();
      return { headers: { 'content-type': type }, body: text };
    };
    const fail = (refusal: Refusal): Answer => {
      const status = data.formEncoded ? 200 : 400;
      return { status, ...encode(asAnswer(refusal, status).body as object) };
    };
    const pending = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const verifier = form.get('code_verifier') ?? '';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    if (
      pending?.parameters.get('code_challenge') !== challenge ||
      pending.parameters.get('redirect_uri') !== form.get('redirect_uri')
    ) {
      return fail(data.codeRefusal ?? { error: 'invalid_grant', description: '' });
    }
    const wrongResource = data.resource?.at === 'token' ? refuseResource(form) : undefined;
    if (wrongResource !== undefined) return fail(wrongResource);
    return { status: 200, ...encode(await respond(pending)) };
  }

  async function respond({ grant, parameters }: Pending): Promise<object> {
    const usual: TokenResponse = {
      access_token: await mint.issue(factsNow(), grant),
      token_type: 'Bearer',
      expires_in: lifetime,
      scope: grant.scopes.join(' '),
      ...(data.idToken &&
        grant.scopes.includes('openid') && {
          id_token: await mint.issue(factsNow(), grant, { kind: 'id' }),
        }),
      refresh_token: crypto.randomUUID(),
    };
    return data.response?.(usual, parameters) ?? usual;
  }

  return { register, authorize, exchange };
}

function asAnswer({ error, description, status }: Refusal, usual: number) {
  return {
    status: status ?? usual,
    body: { error, ...(description && { error_description: description }) },
  } satisfies Answer;
}
