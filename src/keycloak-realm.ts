/** What the realm has to know that comes with the compose file of a project for Keycloak. */
import type { OAuthOptions } from './oauth-options.js';

/** Spelled for templates/keycloak. */
export interface KeycloakRealm {
  readonly name: string;
  /** Client scopes that carry the audience: the elements of a JSON array, indented for their place. */
  readonly clientScopes: string;
  /** Their names: the elements of a JSON array. */
  readonly scopeNames: string;
}

/** Client scopes that the realm has anyway, and that say nothing about an audience. */
const standard = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'];

export function describeRealm({
  issuer,
  audience,
  scopes,
}: Pick<OAuthOptions, 'issuer' | 'audience' | 'scopes'>): KeycloakRealm {
  const named = /\/realms\/([\w.~-]+)\/?$/.exec(issuer)?.[1];
  const own = scopes.filter((scope) => !standard.includes(scope));
  return {
    // Keycloak refuses to import the realm of its administrators.
    name: named === undefined || named === 'master' ? 'mcp' : named,
    clientScopes: own
      .map((scope) => JSON.stringify(createClientScope(scope, audience), null, 2))
      .join(',\n')
      .replaceAll('\n', '\n    '),
    scopeNames: own.map((scope) => JSON.stringify(scope)).join(', '),
  };
}

/** As the guide has it made by hand: src/providers/keycloak.ts. */
function createClientScope(name: string, audience: string): object {
  return {
    name,
    protocol: 'openid-connect',
    attributes: { 'include.in.token.scope': 'true', 'display.on.consent.screen': 'true' },
    protocolMappers: [
      {
        name: 'audience',
        protocol: 'openid-connect',
        protocolMapper: 'oidc-audience-mapper',
        config: {
          'included.custom.audience': audience,
          'access.token.claim': 'true',
          'introspection.token.claim': 'true',
        },
      },
    ],
  };
}
