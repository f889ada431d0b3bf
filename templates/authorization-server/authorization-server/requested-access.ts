// What a client asks for, and what it gets when somebody allows it.
import type { Provider } from 'oidc-provider';
import { type ClientIdentity, identifyClient } from './client-identity.js';

export interface RequestedAccess {
  clientId: string;
  client: ClientIdentity;
  redirectUri: string;
  /** As the request spells it, which may be in several ways. */
  resources: string[];
  /** Those that can be granted, with words for what they allow. */
  scopes: { scope: string; description: string }[];
  /** Those that cannot. */
  unknown: string[];
}

/**
 * Reads an authorization request that waits for a decision.
 * @param params of the interaction
 * @param descriptions every scope that can be granted → what it allows, in words
 */
export async function readRequest(
  provider: Provider,
  params: Record<string, unknown>,
  descriptions: Record<string, string>,
): Promise<RequestedAccess> {
  const clientId = String(params.client_id);
  const client = await provider.Client.find(clientId);
  const requested = String(params.scope).split(' ');
  const known = requested.filter((scope) => Object.hasOwn(descriptions, scope));
  return {
    clientId,
    client: identifyClient(clientId, client?.clientName),
    redirectUri: String(params.redirect_uri),
    resources: [params.resource].flat().map(String),
    scopes: known.map((scope) => ({ scope, description: descriptions[scope] || scope })),
    unknown: requested.filter((scope) => !known.includes(scope)),
  };
}

interface Access {
  accountId: string;
  clientId: string;
  scopes: string[];
  /** Asked for, and not granted: oidc-provider would ask again for what nobody has decided about. */
  refused?: string[];
  resources: string[];
}

/**
 * Grants access. Each login gets a grant of its own: revoking one never ends another.
 * @returns the grant's id
 */
export function grantAccess(provider: Provider, access: Access): Promise<string> {
  const { accountId, clientId, scopes, refused = [], resources } = access;
  const grant = new provider.Grant({ accountId, clientId });
  grant.addOIDCScope(scopes);
  for (const resource of resources) {
    grant.addResourceScope(resource, scopes);
    grant.rejectResourceScope(resource, refused);
  }
  return grant.save();
}
