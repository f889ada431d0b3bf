/** What it means that a provider does not announce PKCE (MCP, Authorization Code Protection). */
import { invocation } from '../invocation.js';
import type { AuthMode, Provider } from './types.js';

/** Whether MCP clients must refuse to log in at the provider itself. */
export function isRefusedByClients(
  { silentAboutPkce }: Pick<Provider, 'silentAboutPkce'>,
  mode: AuthMode,
): boolean {
  return silentAboutPkce === true && mode !== 'proxy';
}

/** Why, for people who use the provider that way. */
export function explainRefusal({ title }: Pick<Provider, 'title'>): string {
  return `As far as is known, the metadata of ${title} does not announce PKCE, and MCP clients must refuse to log in then, even where PKCE would work. Only clients that do not keep this rule can use a server in this mode.`;
}

/** What to do about it. */
export function spellProxy({ id }: Pick<Provider, 'id'>): string {
  return `Nothing can be set at the provider. Make the server with --auth-mode proxy (${invocation} my-app --provider ${id}): clients then log in at the server, which announces PKCE and logs people in at the provider.`;
}
