import { describe, expect, it } from 'vitest';
import type { Flags } from '../src/cli.js';
import { quote } from '../src/command.js';
import { selectLayers } from '../src/layers.js';
import { resolveOptions } from '../src/options.js';
import { packageManagers } from '../src/package-manager.js';
import type { AudienceStrategy, Provider } from '../src/providers/types.js';
import { given } from './support/flags.js';
import { acme, gate, register } from './support/presets.js';
import { thrownBy } from './support/thrown.js';

register(acme, gate);

const around = { cwd: '/work', home: '/home/somebody', userAgent: undefined };

const resolve = (flags: Partial<Flags>) => resolveOptions(given(flags), around);

describe('defaults', () => {
  it('are an open endpoint, Hono and npm', () => {
    expect(resolve({})).toMatchObject({
      directory: 'my-app',
      target: '/work/my-app',
      name: 'my-app',
      framework: { id: 'hono' },
      example: { id: 'basic' },
      deployment: { id: 'docker' },
      packageManager: { id: 'npm' },
      overwrite: false,
      install: true,
      git: true,
    });
    expect(resolve({})).not.toHaveProperty('oauth');
  });
});

describe('values that are not available', () => {
  it.each([
    [
      { framework: 'Koa' },
      'There is no framework "Koa"',
      'This version knows hono, express, fastify.',
      'Use one of them.',
    ],
    [
      { example: 'Everything' },
      'There is no example "Everything"',
      'This version knows basic, everything.',
      'Use one of them.',
    ],
    [
      { packageManager: 'deno' },
      'There is no package manager "deno"',
      'This version knows npm, pnpm, yarn, yarn-classic, bun.',
      'Use one of them.',
    ],
    [
      { deploy: 'heroku' },
      'There is no deployment "heroku"',
      'This version knows docker, cloudflare, vercel, none.',
      'Use one of them.',
    ],
    [
      { packageManager: 'NPM' },
      'There is no package manager "NPM"',
      'This version knows npm, pnpm, yarn, yarn-classic, bun.',
      'Use one of them.',
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
    ['yarn/1.22.22 npm/? node/v20.19.0 linux x64', 'yarn-classic'],
    ['yarn/4.18.1 npm/? node/v20.19.0 linux x64', 'yarn'],
    ['yarn/10.0.0 npm/? node/v24.0.0 linux x64', 'yarn'],
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

describe('the commands of a package manager', () => {
  it.each(packageManagers)('of $id: no script can be taken for one of its own', (manager) => {
    expect(manager.run).toBe(`${manager.program} run`);
    // Yarn 4 prints nothing of its own.
    expect(manager.silent.includes(' --silent')).toBe(manager.id !== 'yarn');
    expect(manager.silent.replace(' --silent', '')).toBe(manager.run);
  });
});

describe('without a directory', () => {
  const flags = (extra: Partial<Flags>) => {
    const { directory, ...rest } = given(extra);
    return rest;
  };

  it('the error names the command to run', () => {
    const silent = { ...around, silence: 'there is no terminal' };
    expect(thrownBy(() => resolveOptions(flags({ oauth: true, scopes: 'a,b' }), silent))).toEqual({
      code: 'DIRECTORY_MISSING',
      exitStatus: 2,
      what: 'No directory was given',
      why: 'It cannot be asked for: there is no terminal.',
      fix: 'Run: npx create-mcp-server my-mcp-server --oauth --scopes a,b --package-manager npm',
    });
  });

  it('other mistakes are reported first', () => {
    expect(thrownBy(() => resolveOptions(flags({ issuer: 'x' }), around)).code).toBe(
      'OPTION_INVALID',
    );
  });
});

describe('an argument', () => {
  it.each([
    ['my-app', 'my-app'],
    ['../my-app', '../my-app'],
    ['my app', "'my app'"],
    ["it's", "'it'\\''s'"],
    ['$(rm)', "'$(rm)'"],
    ['~/x', "'~/x'"],
    ['', "''"],
  ])('%j is quoted as %s', (argument, quoted) => {
    expect(quote(argument)).toBe(quoted);
  });
});

describe('what a platform rules out', () => {
  it.each([
    [
      { provider: 'gate', deploy: 'vercel', set: ['client=c'] },
      '--auth-mode proxy, the way to log in with Gate, does not go with --deploy vercel',
      'Use --deploy docker, or --auth-mode jwt.',
    ],
    [
      { framework: 'hono', deploy: 'cloudflare' },
      '--framework does not go with --deploy cloudflare',
      'Leave --framework out.',
    ],
    [
      { example: 'everything', deploy: 'cloudflare' },
      '--example everything does not go with --deploy cloudflare',
      'Leave --example out, or use --deploy docker.',
    ],
    [
      { provider: 'gate', deploy: 'cloudflare', set: ['client=c'] },
      '--auth-mode proxy, the way to log in with Gate, does not go with --deploy cloudflare',
      'Use --deploy docker, or --auth-mode jwt.',
    ],
    [
      { provider: 'github', deploy: 'cloudflare' },
      '--auth-mode proxy, the way to log in with GitHub, does not go with --deploy cloudflare',
      'Use --deploy docker.',
    ],
  ])('is refused: %j', (flags, what, fix) => {
    expect(thrownBy(() => resolve(flags))).toMatchObject({
      code: 'OPTION_CONFLICT',
      exitStatus: 2,
      what,
      fix,
    });
  });

  it('is a framework, where there is no port', () => {
    expect(resolve({ deploy: 'cloudflare' })).not.toHaveProperty('framework');
  });
});

describe('layers', () => {
  const basic = ['example-basic', 'stateless'];
  const open = ['base', ...basic, 'open', 'dev-server', 'dev-watch'];
  const oauth = ['base', ...basic, 'oauth', 'resource-server', 'oauth-jwt'];
  const standard = ['audience-aud', 'issuer-exact', 'scopes-claimed', 'step-up'];
  const development = ['dev-idp', { layer: 'authorization-server', into: 'dev' }, 'dev-watch'];
  const set = ['domain=a.b'];
  const hono = ['node', 'listening', 'hono'];
  const image = ['docker', 'compose'];

  it.each([
    [{}, [...open, ...hono, ...image]],
    [{ oauth: true }, [...oauth, ...standard, 'guide-oidc', ...development, ...hono, ...image]],
    [{ framework: 'express' }, [...open, 'node', 'listening', 'express', ...image]],
    [{ framework: 'fastify' }, [...open, 'node', 'listening', 'fastify', ...image]],
    [{ packageManager: 'pnpm' }, [...open, ...hono, ...image, 'pnpm']],
    [{ packageManager: 'yarn' }, [...open, ...hono, ...image, 'yarn']],
    [{ packageManager: 'yarn-classic' }, [...open, ...hono, ...image]],
    [
      { example: 'everything' },
      [
        ...['base', 'example-everything', 'sessions', 'open', 'dev-server', 'dev-watch'],
        ...[...hono, ...image],
      ],
    ],
    [{ deploy: 'none' }, [...open, ...hono, 'deploy-none']],
    [{ deploy: 'cloudflare' }, [...open, 'serverless', 'cloudflare', 'worker-open']],
    [{ deploy: 'vercel' }, [...open, 'node', 'serverless', 'vercel']],
    [
      { deploy: 'cloudflare', packageManager: 'pnpm', issuer: 'https://a' },
      [
        ...[...oauth, ...standard, 'guide-oidc', 'dev-server', 'dev-watch'],
        ...['serverless', 'cloudflare', 'worker-login', 'pnpm'],
      ],
    ],
    [
      { issuer: 'https://a' },
      [...oauth, ...standard, 'guide-oidc', 'dev-server', 'dev-watch', ...hono, ...image],
    ],
    [
      { provider: 'acme', set },
      [...oauth, ...standard, 'guide-preset', 'dev-server', 'dev-watch', ...hono, ...image],
    ],
    [
      { provider: 'gate', authMode: 'jwt', set: ['client=c'] },
      [
        ...[...oauth, 'audience-client', ...standard.slice(1), 'guide-preset'],
        ...['dev-server', 'dev-watch', ...hono, ...image],
      ],
    ],
  ])('of %j', (flags, layers) => {
    expect(selectLayers(resolve(flags))).toEqual(layers);
  });

  it.each([
    ['an issuer of its own in tokens', { tokenIssuer: { from: '/x$', to: '' } }, 'issuer-derived'],
    ['no scopes in tokens', { scopes: { ...acme.scopes, claims: [] } }, 'scopes-none'],
    ['sessions beside access tokens', audience('oauth-client'), 'audience-oauth-client'],
    ['the rules of Entra', audience('entra'), 'entra'],
  ])('of a provider with %s', (_, changes, layer) => {
    const { oauth, ...rest } = resolve({ provider: 'acme', set });
    if (oauth === undefined) throw new Error('There is no OAuth');
    const changed = { ...rest, oauth: { ...oauth, provider: { ...acme, ...changes } } };
    expect(selectLayers(changed)).toContain(layer);
    expect(selectLayers(resolve({ provider: 'acme', set }))).not.toContain(layer);
  });

  function audience(strategy: AudienceStrategy): Partial<Provider> {
    return { audience: { ...acme.audience, strategy } };
  }
});
