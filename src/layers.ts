/** Decides which layers of templates/ make up a project: the only place where variants differ. */
import type { OAuthOptions } from './oauth-options.js';
import type { Options } from './options.js';
import { defaultProvider } from './providers/index.js';
import type { Provider } from './providers/types.js';
import type { LayerChoice } from './templates.js';

type Choices = Pick<Options, 'framework' | 'packageManager' | 'oauth'>;

/** @returns which directories below templates/, in the order their manifests merge */
export function selectLayers({ framework, packageManager, oauth }: Choices): LayerChoice[] {
  return [
    'base',
    framework,
    ...(oauth === undefined ? ['open', 'dev-server'] : selectOAuth(oauth)),
    'docker',
    // The only one that has to be told not to run scripts of dependencies.
    ...(packageManager.id === 'pnpm' ? ['pnpm'] : []),
  ];
}

function selectOAuth({ provider, mode, development }: OAuthOptions): LayerChoice[] {
  return [
    'oauth',
    'resource-server',
    `oauth-${mode}`,
    ...selectRules(provider),
    provider === defaultProvider ? 'guide-oidc' : 'guide-preset',
    ...(development ? developmentProvider : ['dev-server']),
  ];
}

const developmentProvider: LayerChoice[] = [
  'dev-idp',
  { layer: 'authorization-server', into: 'dev' },
];

/** The layers that check issuer, audience and scopes the way a provider needs it. */
function selectRules({ audience, scopes, tokenIssuer }: Provider): string[] {
  if (audience.strategy === 'entra') return ['entra', 'issuer-entra', 'step-up'];
  return [
    `audience-${audience.strategy}`,
    tokenIssuer === undefined ? 'issuer-exact' : 'issuer-derived',
    ...(scopes.claims.length === 0 ? ['scopes-none'] : ['scopes-claimed', 'step-up']),
  ];
}
