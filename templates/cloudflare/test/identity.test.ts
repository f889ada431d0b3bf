import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { name, version } from '../src/identity.js';

it('is what package.json says', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect({ name, version }).toEqual({ name: manifest.name, version: manifest.version });
});
