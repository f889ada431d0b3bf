import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { decodeJwt } from 'jose';
import { expect, it, vi } from 'vitest';
import { useDevIdp } from '../support/dev-idp.js';

// Two processes are started in each test.
vi.setConfig({ testTimeout: 30_000 });

const idp = useDevIdp();

const run = (...args: string[]) => {
  const settings = { PUBLIC_URL: 'http://localhost:3000', OAUTH_SCOPES: 'mcp:use' };
  return promisify(execFile)(process.execPath, ['--import', 'tsx', 'dev/token.ts', ...args], {
    env: { ...process.env, ...settings, OAUTH_ISSUER_URL: idp.issuer },
  });
};

it('prints a token for a name, with more scopes on request', async () => {
  expect(decodeJwt((await run()).stdout)).toMatchObject({ sub: 'ada', scope: 'mcp:use' });
  const { stdout } = await run('--', 'Grace H', 'mcp:admin');
  expect(decodeJwt(stdout)).toMatchObject({ sub: 'grace-h', scope: 'mcp:use mcp:admin' });
});

it('says what was not granted, and how it is used', async () => {
  await expect(run('ada', 'mcp:fly')).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('Not granted: mcp:fly. Declare it in src/auth/scopes.ts'),
  });
  expect((await run('--help')).stdout).toContain('Usage: token [name] [scope …]');
});
