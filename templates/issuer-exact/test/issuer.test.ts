import { expect, it } from 'vitest';
import { checkIssuer, isSameIssuer } from '../src/auth/issuer.js';

it('is compared letter by letter in tokens', () => {
  const ours = 'https://a.example';
  expect(() => checkIssuer({ iss: ours }, ours)).not.toThrow();
  for (const iss of [`${ours}/`, 'https://A.example', undefined, [ours]]) {
    expect(() => checkIssuer({ iss }, ours)).toThrow('another issuer');
  }
});

it('may differ from the setting by a trailing slash in metadata', () => {
  expect(isSameIssuer('https://a.example/', 'https://a.example')).toBe(true);
  expect(isSameIssuer('https://a.example', 'https://a.example/')).toBe(true);
  expect(isSameIssuer('https://a.example//', 'https://a.example')).toBe(false);
});
