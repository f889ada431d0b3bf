/** What a project gets where the user says nothing. */
import type { OAuthOptions } from './oauth-options.js';
import { fill } from './providers/variables.js';

/** The name suggested for a project. */
export const exampleName = 'my-mcp-server';

/** The resource identifier of a generated server that runs locally. */
export const defaultAudience = 'http://localhost:3000/mcp';

/** Where the development identity provider listens. */
export const developmentIssuer = 'http://localhost:3001';

/** The scopes every request needs. */
export function defaultScopes({
  provider,
  development,
  values,
}: Pick<OAuthOptions, 'provider' | 'development' | 'values'>): readonly string[] {
  if (development) return ['mcp:use'];
  return provider.scopes.default.map((scope) => fill(scope, values));
}
