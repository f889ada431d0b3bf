import { describe, expect, it } from 'vitest';
import type { Flags } from '../src/cli.js';
import { quote, spellCommand } from '../src/command.js';
import { selectLayers } from '../src/layers.js';
import { resolveOptions, wantsOAuth } from '../src/options.js';
import { oidc } from '../src/providers/oidc.js';
import { thrownBy } from './support/thrown.js';

const given = (flags: Partial<Flags>): Flags => ({
  directory: 'my-app',
  install: true,
  git: true,
  yes: false,
  dryRun: false,
  overwrite: false,
  ...flags,
});

const around = { cwd: '/work', home: '/home/somebody', userAgent: undefined };

const resolve = (flags: Partial<Flags>) => resolveOptions(given(flags), around);

describe('defaults', () => {
  it('are an open endpoint, Hono and npm', () => {
    expect(resolve({})).toMatchObject({
      directory: 'my-app',
      target: '/work/my-app',
      name: 'my-app',
      framework: 'hono',
      packageManager: { id: 'npm' },
      overwrite: false,
      install: true,
      git: true,
    });
    expect(resolve({})).not.toHaveProperty('oauth');
  });

  it('of OAuth are the development identity provider', () => {
    expect(resolve({ oauth: true }).oauth).toEqual({
      provider: oidc,
      mode: 'jwt',
      development: true,
      issuer: 'http://localhost:3001',
      audience: 'http://localhost:3000/mcp',
      scopes: ['mcp:use'],
    });
  });

  it('with an issuer are the scopes of the preset', () => {
    expect(resolve({ issuer: 'https://id.example.com/' }).oauth).toEqual({
      provider: oidc,
      mode: 'jwt',
      development: false,
      issuer: 'https://id.example.com/',
      audience: 'http://localhost:3000/mcp',
      scopes: ['openid'],
    });
  });

  it('take audience and scopes as given', () => {
    expect(resolve({ audience: 'me', scopes: 'b a,b' }).oauth).toMatchObject({
      audience: 'me',
      scopes: ['b', 'a'],
    });
  });
});

describe('OAuth is wanted', () => {
  it.each([
    [{}, undefined],
    [{ oauth: true }, true],
    [{ oauth: false }, false],
    [{ provider: 'oidc' }, true],
    [{ authMode: 'jwt' }, true],
    [{ issuer: 'https://a' }, true],
    [{ audience: 'a' }, true],
    [{ scopes: 'a' }, true],
    [{ scopes: '' }, true],
  ])('by %j: %s', (flags, wanted) => {
    expect(wantsOAuth(given(flags))).toBe(wanted);
  });

  it.each([
    [{ provider: 'oidc' }, '--provider'],
    [{ authMode: 'jwt' }, '--auth-mode'],
    [{ issuer: 'https://a' }, '--issuer'],
    [{ audience: 'a' }, '--audience'],
    [{ scopes: 'a' }, '--scopes'],
  ])('and not, by %j', (flags, option) => {
    expect(thrownBy(() => resolve({ ...flags, oauth: false }))).toEqual({
      code: 'OPTION_CONFLICT',
      exitStatus: 2,
      what: `--no-oauth and ${option} contradict each other`,
      why: `${option} says how the endpoint is protected, --no-oauth that it is not.`,
      fix: 'Leave one of them out.',
    });
  });
});

describe('values that are not available', () => {
  it.each([
    [
      { provider: 'acme' },
      'There is no provider "acme"',
      'This version knows oidc.',
      'Use oidc, or leave the option out.',
    ],
    [
      { provider: '' },
      'There is no provider ""',
      'This version knows oidc.',
      'Use oidc, or leave the option out.',
    ],
    [
      { framework: 'express' },
      'There is no framework "express"',
      'This version knows hono.',
      'Use hono, or leave the option out.',
    ],
    [
      { packageManager: 'deno' },
      'There is no package manager "deno"',
      'This version knows npm, pnpm, yarn, bun.',
      'Use one of them.',
    ],
    [
      { packageManager: 'NPM' },
      'There is no package manager "NPM"',
      'This version knows npm, pnpm, yarn, bun.',
      'Use one of them.',
    ],
    [
      { authMode: 'proxy' },
      'The auth mode "proxy" is not available yet',
      'This version generates servers that verify JWT access tokens.',
      'Use --auth-mode jwt, or leave the option out.',
    ],
    [
      { authMode: 'introspection' },
      'The auth mode "introspection" is not available yet',
      'This version generates servers that verify JWT access tokens.',
      'Use --auth-mode jwt, or leave the option out.',
    ],
    [
      { authMode: 'magic' },
      'There is no auth mode "magic"',
      'This version knows jwt.',
      'Use jwt, or leave the option out.',
    ],
  ])('%j', (flags, what, why, fix) => {
    expect(thrownBy(() => resolve(flags))).toEqual({
      code: 'OPTION_INVALID',
      exitStatus: 2,
      what,
      why,
      fix,
    });
  });
});

describe('package manager', () => {
  it.each([
    ['npm/11.0.0 node/v20.19.0 linux x64 workspaces/false', 'npm'],
    ['pnpm/12.0.1 npm/? node/? linux x64', 'pnpm'],
    ['yarn/1.22.22 npm/? node/v20.19.0 linux x64', 'yarn'],
    ['bun/1.4.0 npm/? node/v24.0.0 linux x64', 'bun'],
    ['deno/2.0.0', 'npm'],
    ['', 'npm'],
    [undefined, 'npm'],
  ])('of %j is %s', (userAgent, id) => {
    expect(resolveOptions(given({}), { ...around, userAgent }).packageManager.id).toBe(id);
  });

  it('is the one asked for', () => {
    const options = resolveOptions(given({ packageManager: 'bun' }), {
      ...around,
      userAgent: 'pnpm/12',
    });
    expect(options.packageManager.id).toBe('bun');
  });
});

describe('without a directory', () => {
  const flags = (extra: Partial<Flags>) => {
    const { directory, ...rest } = given(extra);
    return rest;
  };

  it('the error names the command to run', () => {
    expect(thrownBy(() => resolveOptions(flags({ oauth: true, scopes: 'a,b' }), around))).toEqual({
      code: 'DIRECTORY_MISSING',
      exitStatus: 2,
      what: 'No directory was given',
      why: 'It cannot be asked for: there is no terminal, or --yes, --json or CI rules questions out.',
      fix: 'Run: npx create-mcp-server my-mcp-server --oauth --scopes a,b --package-manager npm',
    });
  });

  it('other mistakes are reported first', () => {
    expect(thrownBy(() => resolveOptions(flags({ issuer: 'x' }), around)).code).toBe(
      'OPTION_INVALID',
    );
  });
});

describe('the command that makes it again', () => {
  it.each([
    [{}, 'npx create-mcp-server my-app --package-manager npm'],
    [{ oauth: true }, 'npx create-mcp-server my-app --oauth --package-manager npm'],
    [
      { provider: 'oidc', authMode: 'jwt' },
      'npx create-mcp-server my-app --oauth --package-manager npm',
    ],
    [
      { issuer: 'https://a/', audience: 'b&c', scopes: 'd e', packageManager: 'pnpm' },
      "npx create-mcp-server my-app --oauth --issuer https://a/ --audience 'b&c' --scopes d,e --package-manager pnpm",
    ],
    [
      { scopes: 'mcp:use', audience: 'http://localhost:3000/mcp' },
      'npx create-mcp-server my-app --oauth --package-manager npm',
    ],
  ])('for %j', (flags, command) => {
    expect(spellCommand(resolve(flags), 'my-app')).toBe(command);
  });

  it.each([
    ['my-app', 'my-app'],
    ['../my-app', '../my-app'],
    ['my app', "'my app'"],
    ["it's", "'it'\\''s'"],
    ['$(rm)', "'$(rm)'"],
    ['~/x', "'~/x'"],
    ['', "''"],
  ])('quotes %j as %s', (argument, quoted) => {
    expect(quote(argument)).toBe(quoted);
  });
});

describe('layers', () => {
  it.each([
    [{}, ['base', 'hono', 'open', 'dev-server', 'docker']],
    [{ oauth: true }, ['base', 'hono', 'oauth', 'oauth-jwt', 'dev-idp', 'docker']],
    [{ issuer: 'https://a' }, ['base', 'hono', 'oauth', 'oauth-jwt', 'dev-server', 'docker']],
  ])('of %j', (flags, layers) => {
    expect(selectLayers(resolve(flags))).toEqual(layers);
  });
});
