/** What can be asked of `add`, and what cannot. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordFile } from '../../src/record.js';
import { change, filesOf, makeProject } from '../support/change.js';
import { makeTemporaryDirectory } from '../support/directory.js';
import { run } from '../support/world.js';

describe('is refused, and writes nothing', () => {
  it.each([
    [[], 'Nothing was named that could be added', 'Run: npx create-mcp-server add --help'],
    [['resuorce', 'x'], '"resuorce" cannot be added', 'Did you mean resource?'],
    [['tool'], 'The tool has no name', 'add tool send-mail'],
    [['tool', 'a', 'b'], 'Too many arguments', 'One thing is added at a time.'],
    [['tool', 'a', '--provider', 'auth0'], '"add tool" does not take --provider', 'log in'],
    [['provider'], 'No provider was named', 'npx create-mcp-server providers'],
    [['provider', 'nobody'], 'There is no provider "nobody"', ''],
    [['provider', 'auth0', '--provider', 'okta'], '"add provider" does not take --provider', ''],
    [['oauth', 'auth0'], '"oauth" takes no name', 'add oauth --provider auth0'],
    [['oauth', '--conflicts', 'both'], '--conflicts does not know "both"', 'mark or keep'],
    [
      ['oauth', '--provider', 'auth0'],
      'Auth0 needs Auth0 domain',
      'npx create-mcp-server add oauth --provider auth0 --set domain=',
    ],
    [
      ['provider', 'auth0', '--auth-mode', 'proxy'],
      'Auth0 needs Auth0 domain',
      'npx create-mcp-server add provider auth0 --set domain=',
    ],
  ])('add %j', async (args, what, more) => {
    const directory = await makeProject();
    const before = filesOf(directory);
    const { status, stdout, stderr } = await change(directory, ['add', ...args]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(what);
    expect(stderr.replace(/\s+/g, ' ')).toContain(more);
    expect(filesOf(directory)).toEqual(before);
  });

  it('add oauth, where there is one', async () => {
    const directory = await makeProject(['--oauth']);
    const { status, stderr } = await change(directory, ['add', 'oauth', '--provider', 'github']);
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining(
        'To change the provider, run: npx create-mcp-server add provider github',
      ),
    ]);
  });

  it.each([[['add', 'tool', 'x']], [['upgrade']]])('%j, outside a project', async (args) => {
    const { status, stderr, cwd } = await run(args);
    expect([status, stderr]).toEqual([2, expect.stringContaining(`There is no ${recordFile} in`)]);
    expect(filesOf(cwd)).toEqual({});
  });
});

it('the settings of the same preset are remembered', async () => {
  const auth0 = ['--provider', 'auth0', '--set', 'domain=acme.eu.auth0.com'];
  const directory = await makeProject(auth0);
  const { status } = await change(directory, ['add', 'provider', 'auth0', '--auth-mode', 'proxy']);
  expect(status).toBe(0);
  expect(JSON.parse(filesOf(directory)[recordFile] ?? '').options).toMatchObject({
    authMode: 'proxy',
    set: { domain: 'acme.eu.auth0.com' },
  });
});

it('has nothing to do where the login is the same', async () => {
  const directory = await makeProject(['--provider', 'github']);
  const before = filesOf(directory);
  const { status, stdout } = await change(directory, ['add', 'provider', 'github']);
  expect([status, stdout]).toEqual([
    0,
    '✔ Nothing to do: my-app has the login of GitHub already\n',
  ]);
  expect(filesOf(directory)).toEqual(before);
});

it('a project may have another name by now, and be elsewhere', async () => {
  const made = await makeProject();
  const directory = join(makeTemporaryDirectory(), 'Renamed Since');
  const { renameSync } = await import('node:fs');
  renameSync(made, directory);
  const manifest = join(directory, 'package.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"my-app"', '"renamed"'));
  expect((await change(directory, ['add', 'oauth'])).status).toBe(0);
  const { 'package.json': text = '' } = filesOf(directory);
  expect(JSON.parse(text)).toMatchObject({
    name: 'renamed',
    dependencies: { jose: expect.anything() },
  });
});

describe('--json', () => {
  it('prints what was done', async () => {
    const directory = await makeProject();
    const { stdout } = await change(directory, ['add', 'tool', 'x', '--json']);
    expect(JSON.parse(stdout)).toEqual({
      ok: true,
      kind: 'changed',
      name: 'my-app',
      directory,
      changes: [
        { path: 'src/tools/x.ts', action: 'create' },
        { path: 'test/tools/x.test.ts', action: 'create' },
        { path: 'src/tools/index.ts', action: 'change' },
      ],
      kept: [],
      conflicts: [],
      settings: { set: [], unused: [] },
      notes: [],
      installed: false,
      next: [{ title: 'Run the tests', command: 'npm test' }],
    });
  });

  it('prints the plan', async () => {
    const directory = await makeProject();
    const { stdout } = await change(directory, ['add', 'oauth', '--json', '--dry-run']);
    const { kind, changes, diff } = JSON.parse(stdout);
    expect(kind).toBe('change-plan');
    expect(changes).toContainEqual({ path: recordFile, action: 'replace' });
    expect(diff).toContain('diff --git a/src/app.ts b/src/app.ts\n--- a/src/app.ts\n');
    expect(diff).not.toContain('\u001b');
  });

  it('prints conflicts as an error', async () => {
    const directory = await makeProject();
    writeFileSync(join(directory, 'OAUTH.md'), 'mine\n');
    const { status, stdout } = await change(directory, ['add', 'oauth', '--json']);
    expect([status, JSON.parse(stdout).error]).toMatchObject([1, { code: 'CONFLICTS' }]);
  });
});
