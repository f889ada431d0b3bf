// The simulated providers themselves: one for each preset, as strict as it says, nothing left out.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { providers } from '../../src/providers/index.js';
import { startSimulation } from '../support/simulation.js';
import type { Simulation } from '../support/simulation-data.js';
import { redirectUrl } from '../support/simulation-login.js';
import { directModes, presetOf } from '../support/simulation-preset.js';
import { simulations } from './index.js';

it('there is one for every preset', () => {
  expect(Object.keys(simulations)).toEqual(providers.map(({ id }) => id));
});

const cases = providers.map((provider) => ({
  id: provider.id,
  provider,
  data: simulations[provider.id] as Simulation,
}));

describe.each(cases)('$id', ({ provider, data }) => {
  const available = directModes(provider);
  const start = () => startSimulation(presetOf(provider), data);

  it('has three failures, each of which can happen', () => {
    expect(data.failures.length).toBeGreaterThanOrEqual(3);
    for (const failure of data.failures) {
      const { modes = provider.modes } = failure;
      expect(provider.modes).toEqual(expect.arrayContaining([...modes]));
      const elsewhere = 'exchange' in failure || 'person' in failure;
      const tried = elsewhere || modes.some((mode) => available.includes(mode));
      expect([failure.name, tried]).toEqual([failure.name, true]);
    }
  });

  it('registers clients exactly if the preset says that clients can register', () => {
    expect(data.registration === 'open').toBe(provider.registration.dcr !== 'no');
  });

  it.skipIf(available.length === 0)(
    'announces PKCE exactly if the preset does not deny it',
    async () => {
      await using simulation = await start();
      const { code_challenge_methods_supported } = data.document(simulation.facts);
      expect(code_challenge_methods_supported === undefined).toBe(
        Boolean(provider.silentAboutPkce),
      );
    },
  );

  it('has its metadata where it says, and nowhere else', async () => {
    await using simulation = await start();
    const { origin, base } = simulation.facts;
    const path = base.slice(origin.length);
    const locations = {
      'oauth-inserted': `/.well-known/oauth-authorization-server${path}`,
      'oauth-appended': `${path}/.well-known/oauth-authorization-server`,
      'openid-inserted': `/.well-known/openid-configuration${path}`,
      'openid-appended': `${path}/.well-known/openid-configuration`,
    };
    const expected = new Set(data.places.map((place) => locations[place]));
    for (const location of Object.values(locations)) {
      const { status } = await fetch(origin + location);
      expect([location, status]).toEqual([location, expected.has(location) ? 200 : 404]);
    }
  });

  const exchanges = data.failures.flatMap((failure) => ('exchange' in failure ? [failure] : []));
  it.skipIf(exchanges.length === 0).for(exchanges)('$name', async ({ exchange, gets }) => {
    await using simulation = await start();
    const facts = simulation.facts;
    const document = data.document(facts);
    const verifier = crypto.randomUUID();
    const authorization = new URL(String(document.authorization_endpoint));
    authorization.search = new URLSearchParams({
      response_type: 'code',
      client_id: simulation.client,
      redirect_uri: redirectUrl,
      scope: presetOf(provider).scopes.join(' '),
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...exchange.parameters,
    }).toString();
    const { headers } = await fetch(authorization, { redirect: 'manual' });
    const { searchParams } = new URL(headers.get('location') ?? '');
    const response = await fetch(String(document.token_endpoint), {
      method: 'POST',
      headers: { accept: exchange.accept ?? 'application/json' },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: exchange.code ?? searchParams.get('code') ?? '',
        code_verifier: verifier,
        redirect_uri: redirectUrl,
      }),
    });
    expect(response.status).toBe(gets.status);
    expect(response.headers.get('content-type')).toContain(gets.type);
    const text = await response.text();
    const form = gets.type.endsWith('urlencoded');
    const body = form ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text);
    expect(body).toMatchObject(gets.body);
    for (const name of gets.lacks ?? []) expect(body).not.toHaveProperty(name);
  });
});
