/** Decides which layers of templates/ make up a project: the only place where variants differ. */
import type { Options } from './options.js';
import { defaultProvider } from './providers/index.js';
import type { Provider } from './providers/types.js';

/** @returns names of directories below templates/, in the order their manifests merge */
export function selectLayers({ framework, oauth }: Pick<Options, 'framework' | 'oauth'>): string[] {
  if (oauth === undefined) return ['base', framework, 'open', 'dev-server', 'docker'];
  const { provider, mode, development } = oauth;
  return [
    'base',
    framework,
    'oauth',
    `oauth-${mode}`,
    ...selectRules(provider),
    provider === defaultProvider ? 'guide-oidc' : 'guide-preset',
    development ? 'dev-idp' : 'dev-server',
    'docker',
  ];
}

/** The layers that check issuer, audience and scopes the way a provider needs it. */
function selectRules({ audience, scopes, tokenIssuer }: Provider): string[] {
  if (audience.strategy === 'entra') return ['entra', 'step-up'];
  return [
    `audience-${audience.strategy}`,
    tokenIssuer === undefined ? 'issuer-exact' : 'issuer-derived',
    ...(scopes.claims.length === 0 ? ['scopes-none'] : ['scopes-claimed', 'step-up']),
  ];
}
