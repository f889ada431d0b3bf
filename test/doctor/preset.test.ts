// Providers are recognised by their issuers, and their presets add what they know.
import { describe, expect, it } from 'vitest';
import { adviceFor, recognise } from '../../src/doctor/preset.js';
import { diagnosisToJson } from '../../src/doctor/report.js';
import { providers } from '../../src/providers/index.js';
import { fill } from '../../src/providers/variables.js';
import { createNetwork, examine, mcpUrl } from '../support/doctor.js';

const examples = providers
  .filter(({ issuer }) => issuer !== '')
  .map(({ id, issuer, variables }) => {
    const values = Object.fromEntries(
      variables.map(({ name, example, default: usual }) => [name, usual ?? example]),
    );
    return [id, fill(issuer, values)] as const;
  });

it.each(examples)('%s is recognised by %s', (id, issuer) => {
  expect(recognise(issuer)?.provider.id).toBe(id);
});

it.each([
  ['auth0', 'https://acme.eu.auth0.com'],
  ['clerk', 'https://clerk.actionbook.dev'],
  ['keycloak', 'https://id.example.com/auth/realms/main/'],
  ['okta', 'https://acme.okta.com'],
])('%s is recognised by %s, although it is not quite right', (id, issuer) => {
  expect(recognise(issuer)?.provider.id).toBe(id);
});

it.each([
  'https://login.example.com',
  'https://auth0.com.evil.example/',
  'https://notauth0.com/',
  'no address',
  `https://${'a.'.repeat(5000)}com/realms/a`,
])('nobody is recognised by %.40s', (issuer) => {
  expect(recognise(issuer)).toBeUndefined();
});

// A pattern that explodes would take years for these.
it.each(['a', '-', 'a.', 'a-', '/', '.'])('many %j are nobody’s issuer', (piece) => {
  for (const shape of ['https://{}!', 'https://{}/realms/!', 'https://x/{}!', 'https://a.b/{}!']) {
    expect(recognise(shape.replace('{}', piece.repeat(300).slice(0, 235)))).toBeUndefined();
  }
});

describe('advice', () => {
  const page = 'https://rules.example';
  const finding = { id: 'x', level: 'problem', title: 'X', seen: {}, page } as const;
  const resource = mcpUrl;

  it('fills in what the issuer tells', () => {
    const known = recognise('https://clerk.acme.example');
    if (known === undefined) throw new Error('Clerk was not recognised');
    const advice = adviceFor({ ...finding, topic: 'audience' }, known, resource);
    expect(advice).toMatchObject({ id: 'clerk', title: 'Clerk' });
    expect(advice?.text).toContain(`resource=${mcpUrl}`);
    expect(advice?.page).toMatch(/^https:\/\/clerk\.com\//);
  });

  it('shows nothing of a stranger’s that steers a terminal', () => {
    const known = recognise('https://acme.eu.auth0.com/');
    if (known === undefined) throw new Error('Auth0 was not recognised');
    const steering = `${resource}\u001b[2J\u202e`;
    const advice = adviceFor({ ...finding, topic: 'audience' }, known, steering);
    expect(advice?.text).toContain(resource);
    expect(advice?.text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it.each([
    ['https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab12Cd34E', '--provider cognito'],
    ['https://acme.eu.auth0.com/', undefined],
  ])('knows whether PKCE can be announced at %s', (issuer, way) => {
    const known = recognise(issuer);
    if (known === undefined) throw new Error('The provider was not recognised');
    const advice = adviceFor({ ...finding, topic: 'pkce' }, known, resource);
    if (way === undefined) return expect(advice).toBeUndefined();
    expect(advice?.text).toContain(way);
    expect(advice?.text).toContain('--auth-mode proxy');
  });

  it.each([
    ['AADSTS9010010: The resource parameter provided …', true],
    ['AADSTS99999: something else', false],
  ])('knows the provider’s own error %s', (message, known) => {
    const entra = recognise('https://login.microsoftonline.com/common/v2.0');
    if (entra === undefined) throw new Error('Entra was not recognised');
    const seen = { error: 'invalid_target', message };
    const advice = adviceFor({ ...finding, seen, topic: 'errors' }, entra, resource);
    expect(advice !== undefined).toBe(known);
  });

  it('comes with the finding', async () => {
    const slashless = 'https://acme.eu.auth0.com';
    const { tools } = createNetwork(
      ({ url }) =>
        url.pathname === '/.well-known/openid-configuration'
          ? Response.json({ issuer: `${slashless}/` })
          : undefined,
      { from: slashless },
    );
    const report = diagnosisToJson(await examine(mcpUrl, {}, tools));
    expect(report).toMatchObject({
      first: 'issuer-slash',
      provider: 'auth0',
      findings: expect.arrayContaining([
        expect.objectContaining({
          id: 'issuer-slash',
          provider: expect.objectContaining({
            id: 'auth0',
            text: `Its issuer is ${slashless}/`,
          }),
        }),
      ]),
    });
  });
});
