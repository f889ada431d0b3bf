import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { askMissing } from '../src/prompts.js';
import { oidc } from '../src/providers/oidc.js';
import { makeTemporaryDirectory } from './support/directory.js';
import { Keyboard, Recorder, run, runOnTerminal } from './support/world.js';

const enter = '\r';
const escapeKey = '\u001b';
const interrupt = '\u0003';
const backspace = '\u007f';
const quick = ['--dry-run', '--package-manager', 'npm'];

const where = 'Where should the project be created?';
const protect = 'Protect the HTTP endpoint with OAuth?';
const issuer = 'Issuer URL of the provider?';
const manager = 'Which package manager?';

describe('questions', () => {
  it('are asked for everything that is missing', async () => {
    const { status, stdout, unasked, raw } = await runOnTerminal(
      ['--dry-run'],
      [
        [where, `my-app${enter}`],
        [protect, 'y'],
        [issuer, `https://id.example.com/${enter}`],
        [manager, `\u001b[B${enter}`],
      ],
    );
    expect({ status, unasked, raw }).toEqual({ status: 0, unasked: [], raw: false });
    expect(stdout).toContain('jose');
    expect(stdout).not.toContain('oidc-provider');
  });

  it('have defaults: blank answers make the default project', async () => {
    const { status, stdout, unasked } = await runOnTerminal(quick, [
      [where, enter],
      [protect, enter],
    ]);
    expect({ status, unasked }).toEqual({ status: 0, unasked: [] });
    expect(stdout).toMatch(/Would create \S*my-mcp-server/);
    expect(stdout).not.toContain('jose');
  });

  it('leave the issuer open for the development provider', async () => {
    const { stdout, unasked } = await runOnTerminal(
      ['my-app', '--oauth', ...quick],
      [[issuer, enter]],
    );
    expect(unasked).toEqual([]);
    expect(stdout).toContain('oidc-provider');
  });

  it.each([
    [['my-app', '--no-oauth']],
    [['my-app', '--issuer', 'https://id.example.com']],
    [['my-app', '--oauth', '--yes']],
    [['my-app', '--json']],
  ])('are not asked where %j says it all', async (argv) => {
    const { status, stdout } = await runOnTerminal([...argv, ...quick], []);
    expect(status).toBe(0);
    expect(stdout).not.toContain('?');
  });

  it('are not asked for the package manager that runs the command', async () => {
    const { status, stdout } = await runOnTerminal(['my-app', '--no-oauth', '--dry-run'], [], {
      env: { npm_config_user_agent: 'pnpm/12.0.0 npm/? node/?' },
    });
    expect(status).toBe(0);
    expect(stdout).not.toContain(manager);
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
        [issuer, `http://a.example${enter}`],
        ['--issuer is not https', `${backspace.repeat(16)}https://a.example${enter}`],
      ],
      { cwd },
    );
    expect({ status, unasked }).toEqual({ status: 0, unasked: [] });
    expect(stdout).toMatch(/Would create \S*good/);
  });

  it('choose a provider if there are several', async () => {
    const input = new Keyboard();
    const output = new Recorder();
    output.once('text', () => setImmediate(() => input.write(`\u001b[B${enter}`)));
    const flags = await askMissing(
      {
        directory: 'x',
        oauth: true,
        issuer: 'https://a',
        install: true,
        git: true,
        yes: false,
        dryRun: false,
        overwrite: false,
      },
      {
        input,
        output,
        signal: new AbortController().signal,
        providers: [oidc, { ...oidc, id: 'acme', title: 'Acme' }],
        packageManagerKnown: true,
        checkDirectory: () => {},
      },
    );
    expect(flags.provider).toBe('acme');
    expect(output.text).toContain('Which identity provider?');
  });

  it('do not come before a contradiction is reported', async () => {
    const { status, stdout } = await runOnTerminal(['--no-oauth', '--scopes', 'a'], []);
    expect(status).toBe(2);
    expect(stdout).toBe('');
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
