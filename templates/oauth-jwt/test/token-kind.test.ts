import { UnsecuredJWT } from 'jose';
import { expect, it } from 'vitest';
import { provider } from '../src/auth/provider.js';
import { checkKind } from '../src/auth/token-kind.js';

const check = (claims: Record<string, unknown>) => checkKind(new UnsecuredJWT({}).encode(), claims);

it.runIf(provider.scopeClaims.length > 0)(
  'takes a token that says nothing but its client for an ID token',
  () => {
    for (const claims of [
      { aud: 'client' },
      { aud: 'client', azp: 'client' },
      { aud: ['client'], client_id: 'client' },
    ]) {
      expect(() => check(claims)).toThrow('not an access token');
    }
  },
);

it('takes a token that says what it grants, or to whom, for an access token', () => {
  for (const claims of [
    { aud: 'api', [provider.scopeClaims[0] ?? 'scope']: '' },
    { aud: 'api', permissions: [] },
    { aud: 'api', azp: 'client' },
    { aud: ['client', 'api'], azp: 'client' },
    // Keycloak's access tokens of old carry the nonce, but say what they are.
    { aud: 'api', azp: 'client', typ: 'Bearer', nonce: 'n' },
  ]) {
    expect(() => check(claims)).not.toThrow();
  }
});

it('goes by what the token says of itself', () => {
  for (const claims of [
    { typ: 'ID' },
    { typ: 'Refresh' },
    { typ: 'Offline' },
    { typ: 'Logout' },
    { token_use: 'id' },
  ]) {
    expect(() => check({ aud: 'api', azp: 'client', ...claims })).toThrow('not an access token');
  }
});
