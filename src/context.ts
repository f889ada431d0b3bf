/** What templates may refer to. */
import { spellCommand } from './command.js';
import type { Options } from './options.js';
import type { PackageManager } from './package-manager.js';

/** The values of `{{name}}`, `{{pm.install}}` … in a template. */
export interface TemplateContext {
  /** The package's name. */
  readonly name: string;
  /** The command that makes the same project again. */
  readonly command: string;
  readonly pm: PackageManager;
  /** Values for the environment file; only with OAuth. */
  readonly env?: { readonly issuer: string; readonly audience: string; readonly scopes: string };
  /** Only with OAuth. */
  readonly provider?: { readonly id: string; readonly title: string };
}

export function createContext(options: Options): TemplateContext {
  const { name, packageManager, oauth } = options;
  const common = { name, command: spellCommand(options, name), pm: packageManager };
  if (oauth === undefined) return common;
  const { provider, issuer, audience, scopes } = oauth;
  return {
    ...common,
    env: { issuer, audience, scopes: scopes.join(' ') },
    provider: { id: provider.id, title: provider.title },
  };
}
