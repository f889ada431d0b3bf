/** create-mcp-server.json: what is written, and what is taken. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { optionsOf, readRecord } from '../src/add/read-record.js';
import { compareVersions, isVersion } from '../src/add/version.js';
import { parseArguments } from '../src/cli.js';
import { resolveOptions } from '../src/options.js';
import { createRecord, recordFile, spellRecord } from '../src/record.js';
import { variants } from './generated/variants.js';
import { makeTemporaryDirectory, snapshotTree } from './support/directory.js';
import { thrownBy } from './support/thrown.js';
import { run } from './support/world.js';

const offline = ['--no-install', '--no-git'];

describe('what is written', () => {
  it('is small, and says how the project was made', async () => {
    const { cwd } = await run(['my-app', '--issuer', 'https://a.example', ...offline]);
    const tree = snapshotTree(join(cwd, 'my-app'));
    const record = JSON.parse(tree[recordFile] ?? '');
    expect(record).toEqual({
      version: '1.2.3',
      name: 'my-app',
      options: {
        oauth: true,
        provider: 'oidc',
        authMode: 'jwt',
        deploy: 'docker',
        issuer: 'https://a.example',
        framework: 'hono',
        example: 'basic',
        packageManager: 'npm',
      },
      files: expect.any(Object),
    });
    const written = Object.entries(tree).filter(([, kind]) => kind !== 'directory');
    const recorded = written.map(([path]) => path).filter((path) => path !== recordFile);
    // Secrets are not even compared.
    expect(recorded).toContain('.env');
    expect(Object.keys(record.files)).toEqual(recorded.filter((path) => path !== '.env').sort());
  });

  it('names files as git does', async () => {
    const { cwd } = await run(['my-app', ...offline]);
    const directory = join(cwd, 'my-app');
    const { files } = JSON.parse(readFileSync(join(directory, recordFile), 'utf8'));
    const paths = Object.keys(files);
    const ids = execFileSync('git', ['hash-object', '--no-filters', ...paths], { cwd: directory });
    expect(Object.values(files)).toEqual(ids.toString().trim().split('\n'));
  });

  it.each(variants)('for $name is read back as the same options', ({ args }) => {
    const request = parseArguments(
      ['my-app', ...args, '--no-git', '--yes', '--overwrite'],
      '1.0.0',
    );
    if (request.kind !== 'scaffold') throw new Error('not a command that scaffolds');
    const surroundings = { cwd: '/work', home: '/home', userAgent: undefined };
    const options = resolveOptions(request.flags, surroundings);
    const directory = makeTemporaryDirectory();
    const record = createRecord([], options, '1.0.0');
    writeFileSync(join(directory, recordFile), spellRecord(record));
    expect(optionsOf(readRecord(directory, '1.0.0'), '/work/my-app')).toEqual({
      ...options,
      directory: '.',
    });
  });
});

describe('what is not taken', () => {
  const good = {
    version: '1.0.0',
    name: 'my-app',
    options: { oauth: false, framework: 'hono', packageManager: 'npm' },
    files: { 'src/app.ts': 'a'.repeat(40) },
  };

  /** What reading says of such a record. */
  const read = (record: unknown) => {
    const directory = makeTemporaryDirectory();
    const text = typeof record === 'string' ? record : JSON.stringify(record);
    writeFileSync(join(directory, recordFile), text);
    return thrownBy(() => optionsOf(readRecord(directory, '1.0.0'), directory));
  };

  it.each([
    ['text', '{', 'It is not JSON'],
    ['a conflict', '{\n<<<<<<< HEAD\n}', 'A conflict of a merge is still in it'],
    ['a list', [], 'It is not an object'],
    ['another version', { ...good, version: 'latest' }, '"version" is not a version'],
    ['an address', { ...good, version: '1.0.0 git+https://a' }, '"version" is not a version'],
    ['no version', { ...good, version: undefined }, '"version" is not a version'],
    ['more', { ...good, more: 1 }, 'It has "more", which nobody knows'],
    ['no name', { ...good, name: 1 }, '"name" is not a string'],
    ['another place', { ...good, name: '../my-app' }, '"name" is not the name of a package'],
    ['a bad name', { ...good, name: 'My App' }, '"My App" cannot be the name of an npm package'],
    ['no options', { ...good, options: [] }, '"options" is not an object'],
    ['unknown options', { ...good, options: { colour: 'red' } }, 'It has "options.colour"'],
    ['a wrong kind', { ...good, options: { oauth: 'yes' } }, '"options.oauth" is not a boolean'],
    ['a wrong list', { ...good, options: { set: ['a=b'] } }, '"options.set" is not an object of'],
    ['no such value', { ...good, options: { framework: 'koa' } }, 'There is no framework "koa"'],
    ['no files', { ...good, files: null }, '"files" is not an object'],
    ['a path outside', { ...good, files: { '../a': 'a'.repeat(40) } }, '"files" has a path that'],
    ['no object name', { ...good, files: { a: 'HEAD' } }, '"files" has no object name of git'],
  ])('%s', (_, record, why) => {
    const shown = read(record);
    expect(shown).toMatchObject({ code: 'RECORD_INVALID', exitStatus: 1 });
    expect(shown.why.toLowerCase()).toContain(why.toLowerCase());
  });

  it('is what a newer version has written, whatever that may be', () => {
    expect(read({ version: '1.0.1', files: 7, more: true })).toEqual({
      code: 'RECORD_NEWER',
      exitStatus: 1,
      what: 'The project is of create-mcp-server 1.0.1, which is newer than this one, 1.0.0',
      why: 'An older version does not know what a newer one makes.',
      fix: 'Use that version, or the latest: npx create-mcp-server@latest',
    });
  });

  it('is what is not there; one above is pointed to', () => {
    const directory = makeTemporaryDirectory();
    mkdirSync(join(directory, 'src'));
    const src = join(directory, 'src');
    const missing = thrownBy(() => readRecord(src, '1.0.0'));
    expect(missing).toMatchObject({ code: 'NOT_A_PROJECT', exitStatus: 2 });
    expect(missing.fix).toContain('in the directory of a project');
    writeFileSync(join(directory, recordFile), '{}');
    expect(thrownBy(() => readRecord(src, '1.0.0')).fix).toBe(
      `There is one in ${directory}: run the command there.`,
    );
  });
});

it.each([
  ['1.0.0', '1.0.0', 0],
  ['0.9.0', '0.10.0', -1],
  ['2.0.0', '1.9.9', 1],
  ['1.0.0-rc.1', '1.0.0', -1],
  ['1.0.0', '1.0.0-rc.1', 1],
  ['1.0.0-alpha', '1.0.0-beta', -1],
])('%s compared with %s', (left, right, sign) => {
  expect(Math.sign(compareVersions(left, right))).toBe(sign);
});

it.each(['1.2', 'v1.2.3', '^1.2.3', 'latest', '1.2.3 || 2', 'npm:x@1.2.3', '1.2.3+build', ''])(
  '%j is no version',
  (text) => {
    expect(isVersion(text)).toBe(false);
  },
);
