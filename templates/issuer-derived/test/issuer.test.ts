import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect, it } from 'vitest';
import { checkIssuer, isSameIssuer } from '../src/auth/issuer.js';
import { provider } from '../src/auth/provider.js';

// The example's issuer has the form that is particular to the provider.
const issuer = parseEnv(readFileSync('.env.example', 'utf8')).OAUTH_ISSUER_URL ?? '';

it('may be that of the metadata or the one derived from it', () => {
  const derived = issuer.replace(provider.tokenIssuer.from, provider.tokenIssuer.to);
  expect(derived).not.toBe(issuer);
  for (const iss of [issuer, derived]) expect(() => checkIssuer({ iss }, issuer)).not.toThrow();
});

it('is compared letter by letter otherwise', () => {
  for (const iss of [`${issuer}/`, `${issuer}x`, undefined, [issuer], 'https://evil.example']) {
    expect(() => checkIssuer({ iss }, issuer)).toThrow('another issuer');
  }
});

it('may differ from the setting by a trailing slash in metadata', () => {
  expect(isSameIssuer(`${issuer}/`, issuer)).toBe(true);
  expect(isSameIssuer(`${issuer}//`, issuer)).toBe(false);
});
