/** Decides which layers of templates/ make up a project: the only place where variants differ. */
import type { Options } from './options.js';

/** @returns names of directories below templates/, in the order their manifests merge */
export function selectLayers({ framework, oauth }: Pick<Options, 'framework' | 'oauth'>): string[] {
  return [
    'base',
    framework,
    ...(oauth === undefined ? ['open'] : ['oauth', `oauth-${oauth.mode}`]),
    oauth?.development ? 'dev-idp' : 'dev-server',
    'docker',
  ];
}
