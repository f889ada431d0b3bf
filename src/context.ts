/** What templates may refer to. */
import { spellCommand } from './command.js';
import { defaultAudience, defaultScopes } from './defaults.js';
import type { OAuthOptions } from './oauth-options.js';
import type { Options } from './options.js';
import type { PackageManager } from './package-manager.js';
import { describeErrors, describeSetup } from './providers/guide.js';

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
  readonly provider?: ProviderContext;
}

interface ProviderContext {
  readonly id: string;
  readonly title: string;
  /** What is requested where OAUTH_SCOPES is not set, separated by spaces. */
  readonly scopes: string;
  /** The same as the elements of a TypeScript array. */
  readonly scopeList: string;
  /** The claims that hold granted scopes: Markdown. */
  readonly claims: string;
  /** The same, as the elements of a TypeScript array. */
  readonly claimList: string;
  /** The claims that tell ID tokens, as the elements of a TypeScript array. */
  readonly idTokenList: string;
  /** A regular expression literal, and what takes the place of its match in the issuer. */
  readonly tokenIssuerFrom: string;
  readonly tokenIssuerTo: string;
  /** Sections of the guide: Markdown. */
  readonly setup: string;
  readonly errors: string;
}

export function createContext(options: Options): TemplateContext {
  const { name, packageManager, oauth } = options;
  const common = { name, command: spellCommand(options, name), pm: packageManager };
  if (oauth === undefined) return common;
  const { issuer, audience, scopes } = oauth;
  return {
    ...common,
    env: { issuer, audience, scopes: scopes.join(' ') },
    provider: createProviderContext(oauth),
  };
}

function createProviderContext(oauth: OAuthOptions): ProviderContext {
  const { provider, mode, values, audience } = oauth;
  // Where tokens name the endpoint, an audience of the user's own is its name at the provider.
  const resource = provider.audience.value === '{resource}' ? audience : defaultAudience;
  const known = { ...values, resource };
  const usual = defaultScopes({ provider, development: false, values });
  return {
    id: provider.id,
    title: provider.title,
    scopes: usual.join(' '),
    scopeList: quoteAll(usual),
    claims: provider.scopes.claims.map((claim) => `\`${claim}\``).join(' or '),
    claimList: quoteAll(provider.scopes.claims),
    idTokenList: quoteAll(provider.idTokenClaims ?? ['nonce', 'at_hash', 'c_hash']),
    tokenIssuerFrom:
      provider.tokenIssuer === undefined ? '' : String(new RegExp(provider.tokenIssuer.from)),
    tokenIssuerTo: provider.tokenIssuer?.to ?? '',
    setup: describeSetup(provider, mode, known),
    errors: describeErrors(provider, known),
  };
}

/** Elements of a TypeScript array, on lines of their own when they would not fit on one. */
function quoteAll(values: readonly string[]): string {
  const quoted = values.map((value) => `'${value}'`);
  const line = quoted.join(', ');
  return line.length <= 75 ? line : `\n${quoted.map((value) => `    ${value},\n`).join('')}  `;
}
