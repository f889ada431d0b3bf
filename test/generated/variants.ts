// The variants of a generated project that tests look at.

import { parseArguments } from '../../src/cli.js';
import { defaultFramework, type Framework, frameworks } from '../../src/frameworks.js';
import { selectLayers } from '../../src/layers.js';
import { resolveOptions } from '../../src/options.js';
import { defaultProvider, providers } from '../../src/providers/index.js';
import type { AuthMode, Provider } from '../../src/providers/types.js';
import type { Values } from '../../src/providers/variables.js';
import type { LayerChoice } from '../../src/templates.js';

export interface Variant {
  name: string;
  args: string[];
  /** The variant that its snapshot is a difference from. */
  against: string;
}

/** The variant that the snapshot shows whole. */
export const reference = { name: 'oauth', args: ['--oauth'], against: '' };

/** Every preset, in each of its modes. */
const presets: Variant[] = providers
  .filter((provider) => provider !== defaultProvider)
  .flatMap((provider) => provider.modes.map((mode) => ({ provider, mode })))
  .map(({ provider, mode }, _, all) => {
    const several = all.filter((other) => other.provider === provider).length > 1;
    return {
      name: several ? `${provider.id}-${mode}` : provider.id,
      args: argumentsFor(provider, mode),
      against: mode === 'proxy' ? 'proxy' : 'issuer',
    };
  });

export const others: Variant[] = [
  { name: 'open', args: [], against: 'oauth' },
  { name: 'issuer', args: ['--issuer', 'https://login.example.com'], against: 'oauth' },
  {
    name: 'introspection',
    args: ['--issuer', 'https://login.example.com', '--auth-mode', 'introspection'],
    against: 'issuer',
  },
  {
    name: 'proxy',
    args: ['--issuer', 'https://login.example.com', '--auth-mode', 'proxy'],
    against: 'issuer',
  },
  ...frameworks.filter((framework) => framework !== defaultFramework).flatMap(variantsWith),
  { name: 'everything', args: ['--example', 'everything'], against: 'open' },
  { name: 'everything-oauth', args: ['--oauth', '--example', 'everything'], against: 'oauth' },
  { name: 'cloudflare', args: ['--oauth', '--deploy', 'cloudflare'], against: 'oauth' },
  { name: 'cloudflare-open', args: ['--deploy', 'cloudflare'], against: 'cloudflare' },
  {
    name: 'cloudflare-introspection',
    args: [
      '--issuer',
      'https://login.example.com',
      '--auth-mode',
      'introspection',
      '--deploy',
      'cloudflare',
    ],
    against: 'introspection',
  },
  { name: 'vercel', args: ['--oauth', '--deploy', 'vercel'], against: 'oauth' },
  { name: 'vercel-open', args: ['--deploy', 'vercel'], against: 'vercel' },
  { name: 'undeployed', args: ['--oauth', '--deploy', 'none'], against: 'oauth' },
  { name: 'pnpm', args: ['--oauth', '--package-manager', 'pnpm'], against: 'oauth' },
  { name: 'yarn', args: ['--oauth', '--package-manager', 'yarn'], against: 'oauth' },
  {
    name: 'yarn-classic',
    args: ['--oauth', '--package-manager', 'yarn-classic'],
    against: 'oauth',
  },
  { name: 'bun', args: ['--oauth', '--package-manager', 'bun'], against: 'oauth' },
  ...presets,
];

export const variants: Variant[] = [reference, ...others];

/** One variant for each set of layers: the others of the set differ in data and documents only. */
export const distinct: Variant[] = [
  ...new Map(
    variants.map((variant) => [JSON.stringify(layersOf(variant)), variant] as const).reverse(),
  ).values(),
];

/** Whether a project is an authorization server, which has most of the tests. */
export function isProxy(variant: Variant): boolean {
  return layersOf(variant).includes('oauth-proxy');
}

/** Without a login, and as a proxy, of which a framework sees more than of the other modes. */
function variantsWith({ id }: Framework): Variant[] {
  const proxy = ['--issuer', 'https://login.example.com', '--auth-mode', 'proxy'];
  return [
    { name: id, args: ['--framework', id], against: 'open' },
    { name: `${id}-proxy`, args: [...proxy, '--framework', id], against: 'proxy' },
  ];
}

/** The arguments that choose a preset and a mode, with the preset's examples for what is not given. */
export function argumentsFor(provider: Provider, mode: AuthMode, given: Values = {}): string[] {
  const assignments = provider.variables
    .filter((variable) => variable.default === undefined)
    .flatMap(({ name, example }) => ['--set', `${name}=${given[name] ?? example}`]);
  return ['--provider', provider.id, '--auth-mode', mode, ...assignments];
}

function layersOf({ args }: Variant): LayerChoice[] {
  const request = parseArguments(['my-app', ...args], '0.0.0');
  if (request.kind !== 'scaffold') throw new Error('not a command that scaffolds');
  const surroundings = { cwd: '/work', home: '/home', userAgent: undefined };
  return selectLayers(resolveOptions(request.flags, surroundings));
}
