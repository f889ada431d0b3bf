// The presets that are used by a proxy only if somebody chooses it.
import { providers } from '../../src/providers/index.js';
import { testProxies } from './proxied-presets.js';

testProxies(
  providers
    .filter(({ mode, modes }) => mode !== 'proxy' && modes.includes('proxy'))
    .map((provider) => ({ name: provider.id, provider })),
);
