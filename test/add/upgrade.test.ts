/** `upgrade`: from what an older version made to what this one makes. */
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { change, commit, filesOf, newFiles } from '../support/change.js';
import { makeTemporaryDirectory } from '../support/directory.js';
import { realTemplates, run } from '../support/world.js';

const old = '1.0.0';
/** The templates of that version. */
let oldTemplates: string;

/** A file that differs between the versions. */
const guide = 'AGENTS.md';

beforeAll(async () => {
  oldTemplates = await mkdtemp(join(tmpdir(), 'old-templates-'));
  cpSync(realTemplates, oldTemplates, { recursive: true });
  const edit = (path: string, replace: (text: string) => string) => {
    const file = join(oldTemplates, path);
    writeFileSync(file, replace(readFileSync(file, 'utf8')));
  };
  edit('base/src/guard.ts', (text) => `// Of the old version.\n${text}`);
  edit('base/AGENTS.md.hbs', (text) => text.replace('## Traps', '## Traps of old'));
  edit('base/package.json', (text) => text.replace(/"zod": ".*?"/, '"zod": "^4.0.0"'));
  edit('base/_partials/environment.hbs', (text) => text.replace('LOG_LEVEL=info', 'LOG_LEVEL=old'));
  writeFileSync(join(oldTemplates, 'base/src/gone.ts'), 'export {};\n');
  rmSync(join(oldTemplates, 'base/src/exit.ts'));
});
afterAll(() => rm(oldTemplates, { recursive: true }));

/** A project that the old version made. */
async function makeOld(...args: string[]): Promise<string> {
  const { cwd } = await run(['my-app', ...args, '--no-install', '--no-git'], {
    templates: oldTemplates,
    version: old,
  });
  return join(cwd, 'my-app');
}

/** A PATH on which npx copies a project, and writes down what it was called with. */
function fakeNpx(project: string | undefined): { PATH: string; calls: () => string } {
  const directory = makeTemporaryDirectory();
  const log = join(directory, 'calls');
  const copy = project === undefined ? 'exit 1' : `cp -R '${project}' my-app`;
  writeFileSync(join(directory, 'npx'), `#!/bin/sh\necho "$@" >> '${log}'\n${copy}\n`);
  chmodSync(join(directory, 'npx'), 0o755);
  writeFileSync(log, '');
  return { PATH: `${directory}:${process.env.PATH}`, calls: () => readFileSync(log, 'utf8') };
}

function edit(directory: string, path: string, replace: (text: string) => string): void {
  const file = join(directory, path);
  writeFileSync(file, replace(readFileSync(file, 'utf8')));
}

/** A world in which the old version cannot be had. */
const nobody = () => ({ env: { PATH: fakeNpx(undefined).PATH } });

it.each([[[]], [['--oauth']], [['--provider', 'github']]])(
  'makes an untouched project what a new one is, %j',
  async (args) => {
    const directory = await makeOld(...args);
    commit(directory);
    const upgrade = ['upgrade', '--no-install'];
    const { status, stdout, stderr } = await run(upgrade, {
      cwd: directory,
      templates: realTemplates,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('has the state of version 1.2.3 now: 1 new, 5 replaced, 1 removed\n');
    expect(stdout).toContain('Removed:\n  src/gone.ts\n');
    const { '.env': _, ...fresh } = await newFiles(args);
    const { '.env': __, ...files } = filesOf(directory);
    const own = Object.entries(files).filter(([path]) => !path.startsWith('.git/'));
    expect(Object.fromEntries(own)).toEqual(fresh);
  },
);

it('has nothing to do a second time', async () => {
  const directory = await makeOld();
  await change(directory, ['upgrade']);
  const before = filesOf(directory);
  const { status, stdout } = await change(directory, ['upgrade']);
  expect([status, stdout]).toEqual([0, expect.stringContaining('Nothing to do')]);
  expect(filesOf(directory)).toEqual(before);
});

describe('a file that somebody changed', () => {
  const mine = (text: string) => text.replace('## Commands', '## Commands of mine');

  it('is merged with what git remembers of the old version', async () => {
    const directory = await makeOld();
    commit(directory);
    edit(directory, guide, mine);
    commit(directory);
    const npx = fakeNpx(undefined);
    const { status, stdout } = await change(directory, ['upgrade'], { env: { PATH: npx.PATH } });
    expect(status).toBe(0);
    expect(stdout).toContain(`Merged with your changes:\n  ${guide}\n`);
    expect(filesOf(directory)[guide]).toBe(mine((await newFiles())[guide] ?? ''));
    // Nothing was downloaded for it.
    expect(npx.calls()).toBe('');
  });

  it('is merged with what the old version makes again, where git does not know it', async () => {
    const pristine = await makeOld('--oauth');
    const directory = await makeOld('--oauth');
    edit(directory, guide, mine);
    const npx = fakeNpx(pristine);
    const { status, stderr } = await change(directory, ['upgrade'], { env: { PATH: npx.PATH } });
    expect(status).toBe(0);
    expect(filesOf(directory)[guide]).toBe(mine((await newFiles(['--oauth']))[guide] ?? ''));
    expect(stderr).toContain('Making the project again with create-mcp-server@1.0.0');
    expect(npx.calls()).toBe(
      '--yes --ignore-scripts create-mcp-server@1.0.0 my-app --oauth --provider oidc --auth-mode jwt --framework hono --example basic --deploy docker --package-manager npm --no-install --no-git --yes\n',
    );
  });

  it('is a conflict where nobody knows what it was', async () => {
    const directory = await makeOld();
    edit(directory, guide, mine);
    const before = filesOf(directory);
    const { status, stderr } = await change(directory, ['upgrade'], nobody());
    expect(status).toBe(1);
    expect(stderr).toContain(`${guide}: You changed it, and what it was generated as is not known`);
    expect(filesOf(directory)).toEqual(before);

    await change(directory, ['upgrade', '--conflicts', 'mark'], nobody());
    const marked = filesOf(directory)[guide] ?? '';
    expect(marked).toContain('## Commands of mine');
    expect(marked.match(/^<{7} yours$/gm)).toHaveLength(2);
  });

  it('is not merged with what another project was', async () => {
    const other = await makeOld('--oauth');
    const directory = await makeOld();
    edit(directory, guide, mine);
    const npx = fakeNpx(other);
    const { status, stderr } = await change(directory, ['upgrade'], { env: { PATH: npx.PATH } });
    expect([status, npx.calls()]).toEqual([1, expect.stringContaining('@1.0.0')]);
    expect(stderr).toContain('what it was generated as is not known');
  });

  it('needs no base where nothing new is generated', async () => {
    const directory = await makeOld();
    edit(directory, 'README.md', (text) => `${text}\nMine.\n`);
    const { status, stdout } = await change(directory, ['upgrade'], nobody());
    expect(status).toBe(0);
    expect(stdout).not.toContain('README.md');
    expect(filesOf(directory)['README.md']).toContain('Mine.');
  });

  it('is merged again by the next upgrade', async () => {
    const pristine = await makeOld();
    const directory = await makeOld();
    edit(directory, guide, mine);
    await change(directory, ['upgrade'], { env: { PATH: fakeNpx(pristine).PATH } });
    commit(directory);
    const { '.git': _, ...current } = filesOf(directory);
    // Back to the old version's state, as if that were a newer one.
    const backwards = { templates: oldTemplates, version: '2.0.0' };
    const fresh = join(makeTemporaryDirectory(), 'my-app');
    mkdirSync(fresh);
    for (const [path, text] of Object.entries(await newFiles())) {
      mkdirSync(join(fresh, path, '..'), { recursive: true });
      writeFileSync(join(fresh, path), text);
    }
    const env = { PATH: fakeNpx(fresh).PATH };
    const { status } = await change(directory, ['upgrade'], { ...backwards, env });
    expect(status).toBe(0);
    expect(filesOf(directory)[guide]).toBe(mine(filesOf(pristine)[guide] ?? ''));
    expect(current[guide]).not.toBe(filesOf(directory)[guide]);
  });
});

it('a range that somebody raised stays, if it is newer', async () => {
  const pristine = await makeOld();
  const directory = await makeOld();
  edit(directory, 'package.json', (text) => text.replace('"zod": "^4.0.0"', '"zod": "^9.0.0"'));
  const env = { PATH: fakeNpx(pristine).PATH };
  expect((await change(directory, ['upgrade'], { env })).status).toBe(0);
  expect(filesOf(directory)['package.json']).toContain('"zod": "^9.0.0"');
});

it('the settings that changed are told, if they are known', async () => {
  const directory = await makeOld();
  commit(directory);
  writeFileSync(join(directory, '.env'), 'PORT=1\nLOG_LEVEL=old\n');
  const { stdout } = await change(directory, ['upgrade'], nobody());
  expect(stdout).toContain('Put this into .env:\n  LOG_LEVEL=info\n');
  expect(stdout).not.toContain('  PORT=');
});

describe('add, in a project of an older version', () => {
  it('of a login asks for an upgrade first', async () => {
    const directory = await makeOld();
    const before = filesOf(directory);
    const { status, stderr } = await change(directory, ['add', 'oauth', '--scopes', 'a b']);
    expect(status).toBe(1);
    expect(stderr).toContain('The project is of create-mcp-server 1.0.0, and this is 1.2.3');
    expect(stderr).toContain('Upgrade it first: npx create-mcp-server upgrade');
    expect(stderr).toContain("npx create-mcp-server@1.0.0 add oauth --scopes 'a b'");
    expect(filesOf(directory)).toEqual(before);
  });

  it('of a tool does not: it is a file of its own', async () => {
    const directory = await makeOld();
    expect((await change(directory, ['add', 'tool', 'x'])).status).toBe(0);
  });

  it('of a login goes well where both versions make the same', async () => {
    const { cwd } = await run(['my-app', '--no-install', '--no-git'], {
      templates: realTemplates,
      version: old,
    });
    const directory = join(cwd, 'my-app');
    expect((await change(directory, ['add', 'oauth'])).status).toBe(0);
    expect(filesOf(directory)).toEqual(await newFiles(['--oauth']));
  });
});
