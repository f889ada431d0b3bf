/** What a project gets where the user says nothing. */
import type { OAuthOptions } from './options.js';

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
}: Pick<OAuthOptions, 'provider' | 'development'>): readonly string[] {
  return development ? ['mcp:use'] : provider.scopes;
}
