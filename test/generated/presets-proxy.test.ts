// The presets whose own mode is that of a proxy.

import { entra as preset } from '../../src/providers/entra.js';
import { providers } from '../../src/providers/index.js';
import { severalTenants } from '../simulations/entra.js';
import { testProxies } from './proxied-presets.js';

testProxies([
  ...providers
    .filter(({ mode }) => mode === 'proxy')
    .map((provider) => ({ name: provider.id, provider })),
  {
    name: 'entra, several tenants',
    provider: preset,
    values: { tenant: 'organizations' },
    differences: severalTenants,
  },
]);
