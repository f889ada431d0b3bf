/** Decides which layers of templates/ make up a project: the only place where variants differ. */
import type { OAuthOptions } from './oauth-options.js';
import type { Options } from './options.js';
import { defaultProvider } from './providers/index.js';
import { keycloak } from './providers/keycloak.js';
import type { AuthMode, Provider } from './providers/types.js';
import type { LayerChoice } from './templates.js';

type Choices = Pick<Options, 'framework' | 'example' | 'deployment' | 'packageManager' | 'oauth'>;

/** @returns which directories below templates/, in the order their manifests merge */
export function selectLayers(choices: Choices): LayerChoice[] {
  const { example, packageManager, oauth } = choices;
  return [
    'base',
    `example-${example.id}`,
    // Clients of 2025 can be asked and told things only within a session.
    example.id === 'everything' ? 'sessions' : 'stateless',
    ...(oauth === undefined ? ['open', ...plainDevelopment] : selectOAuth(oauth)),
    ...selectPlatform(choices),
    ...selectDeployment(choices),
    // The layer of its settings, if it has any.
    ...(packageManager.settings === '' ? [] : [packageManager.id]),
  ];
}

/** What the server runs on. */
function selectPlatform({ deployment, framework }: Choices): LayerChoice[] {
  const usual = deployment.id === 'cloudflare' ? [] : ['node'];
  return framework === undefined ? [...usual, 'serverless'] : [...usual, 'listening', framework.id];
}

function selectOAuth({ provider, mode, development }: OAuthOptions): LayerChoice[] {
  return [
    'oauth',
    ...(mode === 'proxy' ? selectProxy(provider) : selectResourceServer(provider, mode)),
    // What any provider has to do is a text of its own, unless MCP clients never meet the provider.
    provider === defaultProvider && mode !== 'proxy' ? 'guide-oidc' : 'guide-preset',
    ...(development ? developmentProvider : plainDevelopment),
  ];
}

const plainDevelopment: LayerChoice[] = ['dev-server', 'dev-watch'];

const developmentProvider: LayerChoice[] = [
  'dev-idp',
  { layer: 'authorization-server', into: 'dev' },
  'dev-watch',
];

function selectDeployment({ deployment, oauth }: Choices): LayerChoice[] {
  switch (deployment.id) {
    case 'docker':
      return ['docker', ...selectCompany(oauth)];
    case 'cloudflare':
      return ['cloudflare', oauth === undefined ? 'worker-open' : 'worker-login'];
    case 'vercel':
      return ['vercel'];
    case 'none':
      return ['deploy-none'];
  }
}

/** The compose file: the server, and what it needs beside it. */
function selectCompany(oauth: OAuthOptions | undefined): LayerChoice[] {
  if (oauth?.provider === keycloak) return ['keycloak', `keycloak-${oauth.mode}`];
  return [oauth?.mode === 'proxy' ? 'compose-redis' : 'compose'];
}

/** The server is an authorization server itself, and a client of the provider. */
function selectProxy({ audience }: Provider): LayerChoice[] {
  return [
    'oauth-proxy',
    { layer: 'authorization-server', into: 'src' },
    audience.strategy === 'entra' ? 'issuer-entra' : 'issuer-exact',
    'scopes-claimed',
    'step-up',
  ];
}

function selectResourceServer(provider: Provider, mode: AuthMode): LayerChoice[] {
  return ['resource-server', `oauth-${mode}`, ...selectRules(provider)];
}

/** The layers that check issuer, audience and scopes the way a provider needs it. */
function selectRules({ audience, scopes, tokenIssuer }: Provider): string[] {
  if (audience.strategy === 'entra') return ['entra', 'issuer-entra', 'step-up'];
  return [
    `audience-${audience.strategy}`,
    tokenIssuer === undefined ? 'issuer-exact' : 'issuer-derived',
    ...(scopes.claims.length === 0 ? ['scopes-none'] : ['scopes-claimed', 'step-up']),
  ];
}
