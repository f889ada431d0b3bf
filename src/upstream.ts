/** What a generated proxy has to know of its provider. */
import type { Data } from './literal.js';
import type { OAuthOptions } from './oauth-options.js';
import { defaultProvider } from './providers/index.js';
import type { Upstream } from './providers/types.js';
import { fill } from './providers/variables.js';

/** What is registered at the provider, while the server runs locally. */
export const redirectUri = 'http://localhost:3000/oauth/callback';

type Choices = Pick<OAuthOptions, 'provider' | 'values' | 'issuer'>;

/** What people call the place where they log in: a protocol is none, so they know its host then. */
export function loginTitle({ provider, issuer }: Choices): string {
  return provider === defaultProvider ? new URL(issuer).host : provider.title;
}

/** What is requested at the provider. */
export function upstreamScopes({ provider, values }: Choices): string[] {
  return upstreamOf(provider).scopes.map((scope) => fill(scope, values));
}

/** Where to ask who logged in; empty where the metadata says it, or the issuer is not known. */
export function userinfoUrl({ provider, issuer }: Choices): string {
  const derivations = upstreamOf(provider).userinfo ?? [];
  const fitting = derivations.find(({ from }) => new RegExp(from).test(issuer));
  return fitting === undefined ? '' : issuer.replace(new RegExp(fitting.from), fitting.to);
}

/** Who may log in if the owner does not say it; nobody where the whole world has accounts. */
export function allowedUsers({ provider, issuer }: Choices): string[] {
  const { openTo } = upstreamOf(provider);
  return openTo !== undefined && new RegExp(openTo).test(issuer) ? [] : ['*'];
}

/** The members of `ProviderData` in the generated project, in its order. */
export function spellProviderData(choices: Choices): { [name: string]: Data } {
  const upstream = upstreamOf(choices.provider);
  const {
    verify,
    scopePrefix,
    scopeAliases,
    refreshWithScopes,
    subjectClaim = 'sub',
    identityClaims,
    emailVerifiedClaim,
    domainClaim,
    emailsPath,
    endpoints,
    clientAuthentication,
    otherAccountPrompt,
  } = upstream;
  const userinfo = userinfoUrl(choices) || undefined;
  const everybody = allowedUsers(choices);
  return withoutAbsent({
    title: loginTitle(choices),
    verify,
    upstreamScopes: upstreamScopes(choices),
    authorizationParameters: choices.provider.authorizationParameters,
    scopePrefix,
    scopeAliases,
    refreshWithScopes,
    subjectClaim,
    identityClaims,
    emailVerifiedClaim,
    domainClaim,
    userinfo,
    emailsPath,
    endpoints,
    clientAuthentication,
    otherAccountPrompt,
    allowedUsers: everybody.length === 0 ? undefined : everybody,
  });
}

function upstreamOf({ id, upstream }: OAuthOptions['provider']): Upstream {
  if (upstream === undefined) throw new Error(`The preset "${id}" is not for the mode proxy`);
  return upstream;
}

function withoutAbsent(members: { [name: string]: Data | undefined }): { [name: string]: Data } {
  const present = Object.entries(members).filter(
    (entry): entry is [string, Data] => entry[1] !== undefined,
  );
  return Object.fromEntries(present);
}
