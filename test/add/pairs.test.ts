/** A project that nobody touched becomes, byte for byte, what a new one with the same options is. */
import { describe, expect, it } from 'vitest';
import { defaultProvider, providers } from '../../src/providers/index.js';
import { argumentsFor } from '../generated/variants.js';
import { change, filesOf, makeProject, newFiles } from '../support/change.js';

const issuer = ['--issuer', 'https://login.example.com'];

/** Logins that differ in what they are made of. */
const logins: Record<string, string[]> = {
  development: [],
  jwt: issuer,
  introspection: [...issuer, '--auth-mode', 'introspection'],
  proxy: [...issuer, '--auth-mode', 'proxy'],
  'jwt with settings': [...issuer, '--audience', 'api://mine', '--scopes', 'mcp:use,notes:read'],
  ...Object.fromEntries(
    ['entra', 'cognito', 'keycloak', 'propelauth', 'supabase'].map((id) => {
      const provider = providers.find((candidate) => candidate.id === id) ?? defaultProvider;
      return [id, argumentsFor(provider, provider.mode)];
    }),
  ),
};

/** `add oauth` takes what scaffolding takes; `add provider` takes the preset first. */
function addProvider(args: readonly string[]): string[] {
  const at = args.indexOf('--provider');
  const id = at === -1 ? defaultProvider.id : (args[at + 1] ?? '');
  return ['add', 'provider', id, ...args.filter((_, index) => at === -1 || index > at + 1)];
}

describe('an open project', () => {
  it.each(Object.entries(logins))('gets the login: %s', async (_, args) => {
    const directory = await makeProject();
    const { status, stderr } = await change(directory, ['add', 'oauth', ...args]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    // There was no .env: all files are the same.
    expect(filesOf(directory)).toEqual(await newFiles(['--oauth', ...args]));
  });

  it.each([
    ['--framework', 'express'],
    ['--framework', 'fastify'],
    ['--package-manager', 'pnpm'],
    ['--deploy', 'none'],
    ['--example', 'everything'],
  ])('with %s %s gets a login', async (...options) => {
    const directory = await makeProject(options);
    await change(directory, ['add', 'oauth', ...(logins.proxy ?? [])]);
    expect(filesOf(directory)).toEqual(await newFiles([...options, ...(logins.proxy ?? [])]));
  });
});

// Each from three others, so that each layer comes and goes.
const names = Object.keys(logins);
const pairs = names.flatMap((from, index) =>
  [1, 2, 5].map((step) => ({ from, to: names[(index + step) % names.length] ?? '' })),
);

it.each(pairs)('from $from to $to', async ({ from, to }) => {
  const { '.env': settings, ...before } = await newFiles(['--oauth', ...(logins[from] ?? [])]);
  const directory = await makeProject(['--oauth', ...(logins[from] ?? [])]);
  const { status, stderr } = await change(directory, addProvider(logins[to] ?? []));
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { '.env': owned, ...after } = filesOf(directory);
  const { '.env': _, ...fresh } = await newFiles(['--oauth', ...(logins[to] ?? [])]);
  expect(after).toEqual(fresh);
  expect(after).not.toEqual(before);
  // Nobody overwrites the settings of their owner.
  expect(owned).toBe(settings);
});

it('tools are listed the same, whether they come before the login or after it', async () => {
  const table = 'src/tools/index.ts';
  const before = await makeProject();
  await change(before, ['add', 'tool', 'send-mail']);
  const { status } = await change(before, ['add', 'oauth']);
  expect(status).toBe(0);
  const after = await makeProject(['--oauth']);
  await change(after, ['add', 'tool', 'send-mail']);
  expect(filesOf(before)[table]).toContain('sendMail');
  expect(filesOf(before)[table]).toBe(filesOf(after)[table]);
});
