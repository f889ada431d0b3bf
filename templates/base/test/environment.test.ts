import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readEnvironment } from '../src/environment.js';

it('lets the environment win over .env, and takes an empty value for none', () => {
  const directory = mkdtempSync(join(tmpdir(), 'settings-'));
  try {
    const file = join(directory, '.env');
    writeFileSync(file, 'PORT=4000\nHOST=0.0.0.0 # everywhere\nLOG_LEVEL=\n');
    expect(readEnvironment(file, { PORT: '', HOST: '::1' })).toEqual({
      PORT: '4000',
      HOST: '::1',
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
});

it('does not need the file', () => {
  expect(readEnvironment('/nowhere/.env', { A: 'b' })).toEqual({ A: 'b' });
});
