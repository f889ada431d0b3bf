import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { providers } from '../src/providers/index.js';
import { makeTemporaryDirectory } from './support/directory.js';
import { acme, gate, register, vault } from './support/presets.js';
import { type Answer, run, runOnTerminal } from './support/world.js';

register(acme, gate, vault);

const enter = '\r';
const escapeKey = '\u001b';
const interrupt = '\u0003';
const backspace = '\u007f';
const down = '\u001b[B';
const chosen = ['--framework', 'hono', '--package-manager', 'npm'];
const quick = ['--dry-run', ...chosen];

const where = 'Where should the project be created?';
const protect = 'Protect the HTTP endpoint with OAuth?';
const which = 'Which identity provider?';
const issuer = 'Issuer URL of the provider?';
const framework = 'Which HTTP framework?';
const manager = 'Which package manager?';

describe('questions', () => {
  it('are asked for everything that is missing', async () => {
    const { status, stdout, unasked, raw } = await runOnTerminal(
      ['--dry-run'],
      [
        [where, `my-app${enter}`],
        [protect, 'y'],
        [which, enter],
        [issuer, `https://id.example.com/${enter}`],
        [framework, `${down}${enter}`],
        [manager, `${down}${enter}`],
      ],
    );
    expect({ status, unasked, raw }).toEqual({ status: 0, unasked: [], raw: false });
    expect(stdout).toContain('jose');
    expect(stdout).toContain('  express ^');
    expect(stdout).not.toContain('oidc-provider');
  });

  it('have defaults: blank answers make the default project', async () => {
    const { status, stdout, unasked } = await runOnTerminal(
      ['--dry-run', '--package-manager', 'npm'],
      [
        [where, enter],
        [protect, enter],
        [framework, enter],
      ],
    );
    expect({ status, unasked }).toEqual({ status: 0, unasked: [] });
    expect(stdout).toMatch(/Would create \S*my-mcp-server/);
    expect(stdout).toContain('  hono ^');
    expect(stdout).not.toContain('jose');
  });

  it('take time that is not counted', async () => {
    const { stdout } = await runOnTerminal(
      ['my-app', ...chosen, '--no-install', '--no-git'],
      [[protect, enter]],
    );
    expect(stdout).toContain(' files, 0.0 s\n');
  });

  it('leave the issuer open for the development provider', async () => {
    const { stdout, unasked } = await runOnTerminal(
      ['my-app', '--oauth', ...quick],
      [
        [which, enter],
        [issuer, enter],
      ],
    );
    expect(unasked).toEqual([]);
    expect(stdout).toContain('oidc-provider');
  });

  it('insist on an issuer where the development provider does not do', async () => {
    const { stdout, unasked } = await runOnTerminal(
      ['my-app', '--auth-mode', 'proxy', '--no-install', '--no-git', ...chosen],
      [
        [which, enter],
        [issuer, enter],
        ['--issuer is not an absolute URL: ""', `https://id.example.com${enter}`],
      ],
    );
    expect(unasked).toEqual([]);
    expect(stdout).not.toContain('development provider');
    expect(stdout).toContain('--oauth --auth-mode proxy --issuer https://id.example.com');
  });

  it.each([
    [['my-app', '--no-oauth']],
    [['my-app', '--issuer', 'https://id.example.com']],
    [['my-app', '--provider', 'acme', '--set', 'domain=a.b', '--set', 'region=us']],
    [['my-app', '--provider', 'acme', '--issuer', 'https://id.example.com']],
    [['my-app', '--oauth', '--yes']],
    [['my-app', '--json']],
  ])('are not asked where %j says it all', async (argv) => {
    const { status, stdout } = await runOnTerminal([...argv, ...quick], []);
    expect(status).toBe(0);
    expect(stdout).not.toContain('?');
  });

  it('are not asked for the package manager that runs the command', async () => {
    const argv = ['my-app', '--no-oauth', '--framework', 'hono', '--dry-run'];
    const { status, stdout } = await runOnTerminal(argv, [], {
      env: { npm_config_user_agent: 'pnpm/12.0.0 npm/? node/?' },
    });
    expect(status).toBe(0);
    expect(stdout).not.toContain(manager);
  });

  it('are not asked for a framework where a platform calls the server', async () => {
    const argv = ['my-app', '--no-oauth', '--deploy', 'vercel', '--dry-run'];
    const { status, stdout } = await runOnTerminal(argv, [], {
      env: { npm_config_user_agent: 'npm/11.0.0 node/?' },
    });
    expect(status).toBe(0);
    expect(stdout).not.toContain(framework);
  });

  it('repeat until the answer can be used', async () => {
    const cwd = makeTemporaryDirectory();
    mkdirSync(join(cwd, 'full'));
    writeFileSync(join(cwd, 'full/file'), '');
    const { status, stdout, unasked } = await runOnTerminal(
      quick,
      [
        [where, `full${enter}`],
        ['is not empty. It holds file.', `${backspace.repeat(4)}Bad${enter}`],
        ['cannot be the name of an npm package', `${backspace.repeat(3)}good${enter}`],
        [protect, 'y'],
        [which, enter],
        [issuer, `http://a.example${enter}`],
        ['--issuer is not https', `${backspace.repeat(16)}https://a.example${enter}`],
      ],
      { cwd },
    );
    expect({ status, unasked }).toEqual({ status: 0, unasked: [] });
    expect(stdout).toMatch(/Would create \S*good/);
  });

  it.each([
    [['--no-oauth', '--scopes', 'a'], '--no-oauth and --scopes contradict each other'],
    [['--framework', 'koa'], 'There is no framework "koa"'],
    [['--provider', 'akme'], 'There is no provider "akme"'],
    [['--provider', 'vault', '--auth-mode', 'jwt'], 'Vault does not work with --auth-mode jwt'],
    [['--provider', 'gate', '--audience', 'me'], '--audience does not go with --auth-mode proxy'],
    [['--provider', 'acme', '--set', 'domain=?'], '"?" is not a valid domain'],
    [['--provider', 'acme', '--set', 'city=Rome'], 'Acme Identity has no setting "city"'],
  ])('do not come before what is wrong in %j is reported', async (argv, what) => {
    const { status, stdout, stderr } = await runOnTerminal(argv, []);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(`✘ ${what}.\n`);
  });
});

describe('a preset', () => {
  const domain = 'The first line of the console.';
  const region = 'At the end of the console’s address.';
  const make = ['my-app', '--oauth', ...chosen, '--no-install', '--no-git'];
  const again = (args: string) => `npx create-mcp-server my-app ${args} --package-manager npm`;

  it.each([
    ['its id', 'acme'],
    ['another name', 'ROADRUNNER '],
    ['the product’s name', 'me ident'],
    ['what it is', 'cloud of acme'],
    ['nearly its name', 'roadruner'],
  ])('is found by %s, and asked for what it needs', async (_, typed) => {
    const { status, stdout, unasked } = await runOnTerminal(make, [
      [which, typed],
      [' (1 match)', enter],
      [domain, `a.example${enter}`],
      [region, `us${enter}`],
    ]);
    expect({ status, unasked }).toEqual({ status: 0, unasked: [] });
    expect(stdout).toContain(again('--provider acme --set domain=a.example --set region=us'));
  });

  it('is chosen with the arrows as well, around the end of the list', async () => {
    const { cwd, unasked } = await runOnTerminal(make, [
      [which, 'roadrunner'],
      [' (1 match)', backspace.repeat('roadrunner'.length)],
      ['Search:', `${down.repeat(providers.length - providers.indexOf(acme))}${enter}`],
      [issuer, enter],
    ]);
    expect(unasked).toEqual([]);
    expect(readFileSync(join(cwd, 'my-app/README.md'), 'utf8')).toContain('OpenID Connect');
  });

  it('has to be one that there is', async () => {
    const { status, stdout, unasked } = await runOnTerminal(make, [
      [which, 'nobody'],
      ['No matches found', enter],
      ['Nothing is called that. Delete some of it.', `${backspace.repeat(6)}acme`],
      [' (1 match)', enter],
      [domain, `a.example${enter}`],
      [region, enter],
    ]);
    expect({ status, unasked }).toEqual({ status: 0, unasked: [] });
    expect(stdout).toContain(again('--provider acme --set domain=a.example'));
  });

  it('is asked until the values fit, and takes a default for none', async () => {
    const { status, stdout, unasked } = await runOnTerminal(
      [...make, '--provider', 'acme'],
      [
        [domain, enter],
        ['"" is not a valid domain. Domain looks like shop.acme.example.', `https://a.b${enter}`],
        ['"https://a.b" is not a valid domain.', `${backspace.repeat(11)}a.b${enter}`],
        [region, `Europe${enter}`],
        ['"Europe" is not a valid region.', `${backspace.repeat(6)}${enter}`],
      ],
    );
    expect({ status, unasked }).toEqual({ status: 0, unasked: [] });
    expect(stdout).toContain(again('--provider acme --set domain=a.b'));
  });

  it.each([
    [['--set', 'domain=a.b'], [region], '--set domain=a.b'],
    [
      ['--auth-mode', 'jwt', '--audience', 'me'],
      [domain, region],
      '--set domain=a.b --audience me',
    ],
  ])('is not asked for what %j says', async (given, questions, args) => {
    const { stdout, unasked } = await runOnTerminal(
      [...make, '--provider', 'acme', ...given],
      questions.map((question) => [question, question === domain ? `a.b${enter}` : enter]),
    );
    expect(unasked).toEqual([]);
    expect(stdout).toContain(again(`--provider acme ${args}`));
  });

  it('that a proxy stands in for is asked for less', async () => {
    const { stdout, unasked } = await runOnTerminal(make, [
      [which, 'pools of people'],
      [' (1 match)', enter],
      [region, enter],
    ]);
    expect(unasked).toEqual([]);
    expect(stdout).toContain(again('--provider gate'));
  });

  it.each([
    [[[which, interrupt]]],
    [
      [
        [which, 'cloud of acme'],
        [' (1 match)', enter],
        [domain, interrupt],
      ],
    ],
    [
      [
        [which, 'cloud of acme'],
        [' (1 match)', enter],
        [domain, `a.b${enter}`],
        [region, escapeKey],
      ],
    ],
  ] as Answer[][][])('is left by %j', async (answers) => {
    const { status, cwd, stderr, unasked } = await runOnTerminal(make, answers);
    expect({ status, unasked }).toEqual({ status: 130, unasked: [] });
    expect(stderr).toContain('Nothing was written. Run the command again to start over.\n');
    expect(readdirSync(cwd)).toEqual([]);
  });
});

describe('leaving', () => {
  it.each([
    ['Ctrl-C', interrupt],
    ['Escape', escapeKey],
  ])('with %s writes nothing and ends with 130', async (_, key) => {
    const { status, cwd, stderr, raw } = await runOnTerminal([], [[where, key]]);
    expect({ status, raw }).toEqual({ status: 130, raw: false });
    expect(stderr).toBe(
      '■ Cancelled.\n  You, or the system, asked for it.\n  Nothing was written. Run the command again to start over.\n',
    );
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('by a signal ends with 130 as well', async () => {
    const controller = new AbortController();
    const ending = runOnTerminal([], [], { signal: controller.signal });
    setImmediate(() => controller.abort());
    const { status, cwd } = await ending;
    expect(status).toBe(130);
    expect(readdirSync(cwd)).toEqual([]);
  });
});

describe('without somebody to ask', () => {
  const stdin = () => Object.assign(new PassThrough(), { isTTY: true });

  it('a missing directory is an error', async () => {
    const { status, stdout, stderr } = await run(['--oauth']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(
      'Run: npx create-mcp-server my-mcp-server --oauth --package-manager npm',
    );
  });

  it.each([
    ['--yes', ['--yes'], {}],
    ['--json', ['--json'], {}],
    ['CI', [], { CI: 'true' }],
  ])('because of %s, nothing is asked on a terminal either', async (_, argv, env) => {
    const { status, stdout } = await runOnTerminal(argv, [], { stdin: stdin(), env });
    expect(status).toBe(2);
    expect(stdout).not.toContain(where);
  });
});
