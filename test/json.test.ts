/** What programs are told. Every document is held against the published schema: test/support/world.ts. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../src/grammar.js';
import { providers } from '../src/providers/index.js';
import { spellSynopsis } from '../src/synopsis.js';
import { acme, gate, register, vault } from './support/presets.js';
import { run } from './support/world.js';

register(acme, gate, vault);

const offline = ['--no-install', '--no-git'];

const parse = (stdout: string) => JSON.parse(stdout);

it('the result', async () => {
  const { status, cwd, stdout, stderr } = await run(['my-app', '--json', '--oauth', ...offline]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(parse(stdout)).toEqual({
    ok: true,
    kind: 'created',
    name: 'my-app',
    directory: join(cwd, 'my-app'),
    command: 'npx create-mcp-server my-app --oauth --package-manager npm',
    options: {
      directory: 'my-app',
      oauth: true,
      provider: 'oidc',
      authMode: 'jwt',
      framework: 'hono',
      example: 'basic',
      deploy: 'docker',
      packageManager: 'npm',
      install: false,
      git: false,
    },
    oauth: {
      provider: 'oidc',
      mode: 'jwt',
      development: true,
      values: {},
      issuer: 'http://localhost:3001',
      audience: 'http://localhost:3000/mcp',
      scopes: ['mcp:use'],
      guide: 'OAUTH.md',
      steps: [],
    },
    environment: {
      file: '.env',
      values: {
        PORT: '3000',
        OAUTH_ISSUER_URL: 'http://localhost:3001',
        OAUTH_AUDIENCE: 'http://localhost:3000/mcp',
        OAUTH_SCOPES: 'mcp:use',
      },
      missing: [],
    },
    urls: {
      mcp: 'http://localhost:3000/mcp',
      health: 'http://localhost:3000/health',
      metadata: 'http://localhost:3000/.well-known/oauth-protected-resource/mcp',
      issuer: 'http://localhost:3001',
    },
    files: expect.arrayContaining(['.env', 'package.json']),
    replaced: [],
    installed: false,
    committed: false,
    notes: ['Commit package-lock.json after the first install: CI and Docker need it.'],
    next: [
      { title: 'Install dependencies', command: 'npm install' },
      { title: 'Run the server', command: 'npm run dev', endless: true },
      { title: 'Run its tests', command: 'npm test' },
    ],
  });
});

it('the plan', async () => {
  const { stdout } = await run(['my-app', '--json', '--dry-run']);
  expect(parse(stdout)).toMatchObject({
    ok: true,
    kind: 'plan',
    oauth: null,
    files: expect.arrayContaining([{ path: '.gitignore', size: 19 }]),
    dependencies: { hono: '^4.0.0', zod: '^4.0.0' },
    devDependencies: {},
    environment: { file: '.env', values: { PORT: '3000' }, missing: [] },
    urls: { mcp: 'http://localhost:3000/mcp', health: 'http://localhost:3000/health' },
  });
  expect(Object.keys(parse(stdout).urls)).toEqual(['mcp', 'health']);
});

describe('a preset', () => {
  const planOf = async (...args: string[]) =>
    parse((await run(['my-app', '--json', '--dry-run', ...args])).stdout);

  it('comes with what it was given, and what to do there', async () => {
    const { oauth, options } = await planOf('--provider', 'acme', '--set', 'domain=a.example');
    expect(oauth).toEqual({
      provider: 'acme',
      mode: 'jwt',
      development: false,
      values: { domain: 'a.example', region: 'eu' },
      issuer: 'https://a.example/eu/',
      audience: 'http://localhost:3000/mcp',
      scopes: ['acme:use', 'openid'],
      guide: 'OAUTH.md',
      steps: [
        'Open `https://a.example/console`.',
        'Create an API named `http://localhost:3000/mcp`.',
        'Enable **Registration**.',
      ],
    });
    expect(options).toMatchObject({ provider: 'acme', set: { domain: 'a.example' } });
  });

  it('names what only a person knows', async () => {
    const { environment, urls, next } = await planOf('--provider', 'vault');
    expect(environment.missing).toEqual([
      { name: 'OAUTH_CLIENT_ID', secret: false, explanation: expect.any(String) },
      { name: 'OAUTH_CLIENT_SECRET', secret: true, explanation: expect.any(String) },
      { name: 'OAUTH_ALLOWED_USERS', secret: false, explanation: expect.any(String) },
    ]);
    expect(urls.redirect).toBe('http://localhost:3000/oauth/callback');
    expect(next[0]).toEqual({
      title: 'fill in .env: OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET, OAUTH_ALLOWED_USERS',
    });
  });
});

describe('errors', () => {
  it.each([
    [['--json'], 2, 'DIRECTORY_MISSING', { option: 'directory' }],
    [['--json', '--oauht'], 2, 'OPTION_UNKNOWN', { option: '--oauht', choices: ['--oauth'] }],
    [['a', 'b', '--json'], 2, 'ARGUMENTS_EXCESS', {}],
    [['--json', '--issuer'], 2, 'OPTION_INVALID', { option: '--issuer' }],
    [['Bad', '--json'], 2, 'NAME_REFUSED', { option: 'directory', choices: ['bad'] }],
    [['con', '--json'], 2, 'DIRECTORY_REFUSED', { option: 'directory' }],
    [['a', '--issuer', 'x', '--json'], 2, 'OPTION_INVALID', { option: '--issuer' }],
    [['a', '--scopes', '"', '--json'], 2, 'OPTION_INVALID', { option: '--scopes' }],
    [
      ['a', '--framework', 'koa', '--json'],
      2,
      'OPTION_INVALID',
      { option: '--framework', choices: ['hono', 'express', 'fastify'] },
    ],
    [
      ['a', '--provider', 'akme', '--json'],
      2,
      'OPTION_INVALID',
      { option: '--provider', choices: ['acme'] },
    ],
    [
      ['a', '--provider', 'vault', '--auth-mode', 'jwt', '--json'],
      2,
      'OPTION_INVALID',
      { option: '--auth-mode', choices: ['proxy'] },
    ],
    [
      ['a', '--provider', 'acme', '--json'],
      2,
      'VARIABLE_MISSING',
      {
        option: '--set',
        choices: ['domain=shop.acme.example'],
        command: 'npx create-mcp-server a --provider acme --set domain=shop.acme.example',
      },
    ],
    [
      ['a', '--provider', 'acme', '--framework', 'express', '--no-git', '--json'],
      2,
      'VARIABLE_MISSING',
      {
        command:
          'npx create-mcp-server a --provider acme --set domain=shop.acme.example --framework express --no-git',
      },
    ],
    [['a', '--oauth', '--set', 'x', '--json'], 2, 'OPTION_INVALID', { option: '--set' }],
    [['providers', 'nobody', '--json'], 2, 'OPTION_INVALID', { option: 'id' }],
    [
      ['schema', 'nothing', '--json'],
      2,
      'SCHEMA_UNKNOWN',
      { option: 'name', choices: ['options', 'output'] },
    ],
    [['doctor', 'x', '--json'], 2, 'URL_INVALID', { option: 'url' }],
  ])('name what they are about: %j', async (argv, status, code, details) => {
    const result = await run(argv);
    expect(result).toMatchObject({ status, stderr: '' });
    expect(parse(result.stdout)).toMatchObject({
      ok: false,
      kind: 'error',
      error: { code, exitStatus: status, ...details },
    });
  });

  it.each([
    [['--json'], spellSynopsis(commands.scaffold)],
    [['providers', 'nobody', '--json'], 'npx create-mcp-server providers <id> [--json]'],
    [['--json', 'doctor', '-x'], spellSynopsis(commands.doctor, { command: 'doctor' })],
  ])('of usage come with all there is to choose: %j', async (argv, usage) => {
    expect(parse((await run(argv)).stdout).error.usage).toBe(usage);
  });

  it('of other kinds do not', async () => {
    const { stdout } = await run(['my-app', '--json', ...offline], { templates: '/nowhere' });
    expect(parse(stdout).error).toMatchObject({ code: 'INTERNAL', exitStatus: 1 });
    expect(parse(stdout).error).not.toHaveProperty('usage');
  });
});

it('presets, whole', async () => {
  const { stdout } = await run(['providers', '--json']);
  expect(parse(stdout)).toEqual({ ok: true, kind: 'providers', providers });
  const one = await run(['providers', 'roadrunner', '--json']);
  expect(parse(one.stdout)).toEqual({ ok: true, kind: 'provider', provider: acme });
});
