/** What a project gets where the user says nothing. */
import type { OAuthOptions } from './oauth-options.js';
import { fill, type Values } from './providers/variables.js';

/** The name suggested for a project. */
export const exampleName = 'my-mcp-server';

/** The resource identifier of a generated server that runs locally. */
export const defaultAudience = 'http://localhost:3000/mcp';

/** What access tokens name; empty where they name nothing, and where they are the server's own. */
export function usualAudience({
  provider,
  mode,
  values,
}: Pick<OAuthOptions, 'provider' | 'mode' | 'values'>): string {
  if (mode === 'proxy') return '';
  return fill(provider.audience.value, { ...values, resource: defaultAudience });
}

/** What the texts of a preset are filled in with: its variables, and what tokens are issued for. */
export function knownValues({
  provider,
  values,
  audience,
}: Pick<OAuthOptions, 'provider' | 'values' | 'audience'>): Values {
  // Where tokens name the endpoint, an audience of the user's own is its name at the provider.
  const own = provider.audience.value === '{resource}' && audience !== '';
  return { ...values, resource: own ? audience : defaultAudience };
}

/** Where the development identity provider listens. */
export const developmentIssuer = 'http://localhost:3001';

/** The scopes every request needs: those of the provider, or else the server's own. */
export function defaultScopes({
  provider,
  mode,
  development,
  values,
}: Pick<OAuthOptions, 'provider' | 'mode' | 'development' | 'values'>): readonly string[] {
  if (development || mode === 'proxy') return ['mcp:use'];
  return provider.scopes.default.map((scope) => fill(scope, values));
}
