/** What templates may refer to. */
import { spellCommand } from './command.js';
import { defaultScopes, knownValues } from './defaults.js';
import { describeRealm, type KeycloakRealm } from './keycloak-realm.js';
import { spellElements, spellLiteral } from './literal.js';
import type { OAuthOptions } from './oauth-options.js';
import type { Options } from './options.js';
import type { PackageManager } from './package-manager.js';
import { describeErrors, describeSetup } from './providers/guide.js';
import { keycloak } from './providers/keycloak.js';
import {
  allowedUsers,
  loginTitle,
  spellProviderData,
  upstreamScopes,
  userinfoUrl,
} from './upstream.js';
import { describeWorker, type WorkerContext } from './worker-context.js';

/** The values of `{{name}}`, `{{pm.install}}` … in a template. */
export interface TemplateContext {
  /** The package's name. */
  readonly name: string;
  /** The command that makes the same project again. */
  readonly command: string;
  readonly pm: PackageManager;
  /** What people call the HTTP framework; absent where there is none. */
  readonly framework?: string;
  /** Values for the environment file; only with OAuth. */
  readonly env?: EnvironmentContext;
  /** Only with OAuth. */
  readonly provider?: ProviderContext;
  /** Only for Cloudflare. */
  readonly worker?: WorkerContext;
  /** Only with Keycloak. */
  readonly keycloak?: KeycloakRealm;
}

interface EnvironmentContext {
  readonly issuer: string;
  readonly audience: string;
  readonly scopes: string;
  /** Only for a proxy, as are the others below. Empty where it is not known yet. */
  readonly clientId?: string;
  readonly upstreamScopes?: string;
  readonly allowedUsers?: string;
  /** Empty where the metadata says it. */
  readonly userinfo?: string;
}

interface ProviderContext {
  readonly id: string;
  /** What people call it. */
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
  /** What a proxy has to know of it: an object literal of TypeScript; only for a proxy. */
  readonly data?: string;
  /** The claim that names a person's organization, empty if there is none; only for a proxy. */
  readonly domainClaim?: string;
  /** Sections of the guide: Markdown. */
  readonly setup: string;
  readonly errors: string;
}

export function createContext(options: Options): TemplateContext {
  const { name, packageManager, framework, oauth } = options;
  const common = {
    name,
    command: spellCommand(options, name),
    pm: packageManager,
    ...(framework !== undefined && { framework: framework.title }),
    ...(options.deployment.id === 'cloudflare' && { worker: describeWorker(options) }),
  };
  if (oauth === undefined) return common;
  return {
    ...common,
    env: createEnvironmentContext(oauth),
    provider: createProviderContext(oauth),
    ...(oauth.provider === keycloak && { keycloak: describeRealm(oauth) }),
  };
}

function createEnvironmentContext(oauth: OAuthOptions): EnvironmentContext {
  const { issuer, audience, scopes, mode, values } = oauth;
  const common = { issuer, audience, scopes: scopes.join(' ') };
  if (mode !== 'proxy') return common;
  return {
    ...common,
    clientId: values.client ?? '',
    upstreamScopes: upstreamScopes(oauth).join(' '),
    allowedUsers: allowedUsers(oauth).join(' '),
    userinfo: userinfoUrl(oauth),
  };
}

function createProviderContext(oauth: OAuthOptions): ProviderContext {
  const { provider, mode, values } = oauth;
  const known = knownValues(oauth);
  const usual = defaultScopes({ provider, mode, development: false, values });
  const title = mode === 'proxy' ? loginTitle(oauth) : provider.title;
  return {
    id: provider.id,
    title,
    scopes: usual.join(' '),
    scopeList: spellElements(usual),
    claims: provider.scopes.claims.map((claim) => `\`${claim}\``).join(' or '),
    claimList: spellElements(provider.scopes.claims),
    idTokenList: spellElements(provider.idTokenClaims ?? ['nonce', 'at_hash', 'c_hash']),
    tokenIssuerFrom:
      provider.tokenIssuer === undefined ? '' : String(new RegExp(provider.tokenIssuer.from)),
    tokenIssuerTo: provider.tokenIssuer?.to ?? '',
    ...(mode === 'proxy' && {
      data: spellLiteral(spellProviderData(oauth)),
      domainClaim: provider.upstream?.domainClaim ?? '',
    }),
    setup: describeSetup({ ...provider, title }, mode, known),
    errors: describeErrors(provider, mode, known),
  };
}
