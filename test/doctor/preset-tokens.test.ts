// The tokens of every preset, as its provider issues them, are good; its ID tokens are known as such.
import type { JWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { type Expectations, examineToken } from '../../src/doctor/token-claims.js';
import { readToken } from '../../src/doctor/token-form.js';
import { providers } from '../../src/providers/index.js';
import { simulations } from '../simulations/index.js';
import { type Provider, startSimulation } from '../support/simulation.js';
import type { Simulation } from '../support/simulation-data.js';
import { directModes, presetOf } from '../support/simulation-preset.js';

const cases = providers
  .filter((provider) => directModes(provider).length > 0)
  .map((provider) => ({
    id: provider.id,
    provider,
    data: simulations[provider.id] as Simulation,
  }));

describe.each(cases)('$id', ({ provider, data }) => {
  const preset = presetOf(provider);

  async function expectations({ issuer, endpoint, facts }: Provider): Promise<Expectations> {
    const { jwks_uri: url } = data.document(facts);
    const { keys = [] } = url ? ((await (await fetch(String(url))).json()) as { keys: JWK[] }) : {};
    return {
      resource: endpoint,
      issuers: [{ issuer, keys }],
      scopes: preset.scopes,
      preset: { provider, values: preset.values },
    };
  }

  async function reasonsAgainst(token: string, simulation: Provider): Promise<string[]> {
    const expected = await expectations(simulation);
    const found = await examineToken(token, readToken(token), expected, Date.now());
    return found.map(({ id }) => id);
  }

  it('access tokens are good', async () => {
    await using simulation = await startSimulation(preset, data);
    const token = await simulation.accessToken();
    const opaque = data.token.form === 'opaque';
    expect(await reasonsAgainst(token, simulation)).toEqual(opaque ? ['token-opaque'] : []);
  });

  it.skipIf(data.idToken === undefined)('ID tokens are not', async () => {
    await using simulation = await startSimulation(preset, data);
    const found = await reasonsAgainst(await simulation.idToken(), simulation);
    expect(found).not.toEqual([]);
  });
});
