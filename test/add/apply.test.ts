/** All or none, whatever happens: failures, signals, and runs that are killed. */
import nodeFileSystem, {
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyChanges, recover } from '../../src/add/apply.js';
import type { Change } from '../../src/add/compare.js';
import type { FileSystem } from '../../src/add/journal.js';
import { makeTemporaryDirectory, snapshotTree } from '../support/directory.js';
import { rejectionOf, thrownBy } from '../support/thrown.js';

const scratch = '.create-mcp-server.tmp';

const text = (contents: string) => Buffer.from(contents);

const changes: Change[] = [
  { path: 'README.md', action: 'merge', before: text('old readme'), after: text('new readme') },
  { path: 'src/auth/gate.ts', action: 'create', after: text('gate') },
  { path: 'src/deep/old.ts', action: 'remove', before: text('old') },
  { path: 'run.sh', action: 'replace', before: text('old run'), after: text('new run') },
];

function prepare(): string {
  const directory = makeTemporaryDirectory();
  mkdirSync(join(directory, 'src/deep'), { recursive: true });
  writeFileSync(join(directory, 'README.md'), 'old readme');
  writeFileSync(join(directory, 'src/deep/old.ts'), 'old');
  writeFileSync(join(directory, 'src/mine.ts'), 'mine');
  writeFileSync(join(directory, 'run.sh'), 'old run', { mode: 0o755 });
  return directory;
}

const never = new AbortController().signal;

const operations = [
  'chmodSync',
  'lstatSync',
  'mkdirSync',
  'readFileSync',
  'renameSync',
  'rmdirSync',
  'rmSync',
  'unlinkSync',
  'writeFileSync',
] as const;

/** The real file system, with something happening at the n-th operation. */
function disturb(happens: (count: number) => void) {
  let count = 0;
  const fs = Object.fromEntries(
    operations.map((name) => [
      name,
      (...args: unknown[]) => {
        count += 1;
        happens(count);
        return (nodeFileSystem[name] as (...args: unknown[]) => unknown)(...args);
      },
    ]),
  ) as unknown as FileSystem;
  return { fs, operations: () => count };
}

const failure = () => {
  throw Object.assign(new Error('ENOSPC: no space'), { code: 'ENOSPC' });
};

async function after() {
  const directory = prepare();
  await applyChanges({ directory, changes, signal: never });
  return snapshotTree(directory);
}

async function countOperations(): Promise<number> {
  const counting = disturb(() => {});
  await applyChanges({ directory: prepare(), changes, signal: never }, counting.fs);
  return counting.operations();
}

it('writes, removes, and leaves nothing of its own', async () => {
  const directory = prepare();
  await applyChanges({ directory, changes, signal: never });
  expect(snapshotTree(directory)).toEqual({
    'README.md': 'new readme',
    'run.sh': 'new run',
    src: 'directory',
    'src/auth': 'directory',
    'src/auth/gate.ts': 'gate',
    'src/mine.ts': 'mine',
  });
  expect(statSync(join(directory, 'run.sh')).mode & 0o777).toBe(0o755);
});

it('makes the file of secrets for its owner alone', async () => {
  const directory = makeTemporaryDirectory();
  const secrets: Change[] = [{ path: '.env', action: 'create', after: text('SECRET=x') }];
  await applyChanges({ directory, changes: secrets, signal: never });
  expect(statSync(join(directory, '.env')).mode & 0o777).toBe(0o600);
});

it('leaves everything as it was, whichever operation fails', async () => {
  const total = await countOperations();
  // The last two only tidy up: everything is in place then.
  for (let at = 1; at <= total - 2; at += 1) {
    const directory = prepare();
    const before = snapshotTree(directory);
    const { fs } = disturb((count) => void (count === at && failure()));
    const applied = applyChanges({ directory, changes, signal: never }, fs);
    const shown = await rejectionOf(applied).catch(() => undefined);
    // What is only asked, and the removal of an empty directory, may fail without harm.
    if (shown === undefined) continue;
    expect(shown).toMatchObject({ code: 'WRITE_FAILED', exitStatus: 1 });
    expect(snapshotTree(directory), `operation ${at}`).toEqual(before);
  }
});

it('leaves everything as it was, whenever a signal comes', async () => {
  const total = await countOperations();
  let cancelled = 0;
  for (let at = 1; at <= total; at += 1) {
    const directory = prepare();
    const before = snapshotTree(directory);
    const controller = new AbortController();
    const { fs } = disturb((count) => void (count === at && controller.abort()));
    const applied = applyChanges({ directory, changes, signal: controller.signal }, fs);
    const outcome = await applied.then(
      () => 'done',
      (error) => error.code,
    );
    const expected = outcome === 'done' ? await after() : before;
    expect(snapshotTree(directory), `operation ${at}`).toEqual(expected);
    if (outcome === 'CANCELLED') cancelled += 1;
  }
  expect(cancelled).toBeGreaterThan(10);
});

describe('a run that is killed', () => {
  /** Nothing works any more from the n-th operation on, not even taking back. */
  async function kill(directory: string, at: number): Promise<void> {
    const { fs } = disturb((count) => void (count >= at && failure()));
    await applyChanges({ directory, changes, signal: never }, fs).catch(() => {});
  }

  it('is taken back by the next one, whenever it was killed', async () => {
    const total = await countOperations();
    const done = await after();
    for (let at = 2; at <= total; at += 1) {
      const directory = prepare();
      const before = snapshotTree(directory);
      await kill(directory, at);
      // Whatever is there is whole: a file of before or of after.
      for (const { path, before: was, after: is } of changes) {
        const present = existsSync(join(directory, path));
        const contents = present ? readFileSync(join(directory, path), 'utf8') : undefined;
        expect([was?.toString(), is?.toString()]).toContain(contents);
      }
      recover(directory);
      expect([before, done], `operation ${at}`).toContainEqual(snapshotTree(directory));
    }
  });

  it('does not cost anybody what they did since', async () => {
    const directory = prepare();
    const total = await countOperations();
    await kill(directory, total - 2);
    writeFileSync(join(directory, 'README.md'), 'written since');
    expect(thrownBy(() => recover(directory))).toMatchObject({
      code: 'INTERRUPTED',
      why: 'These have been changed since: README.md.',
    });
    const tree = snapshotTree(directory);
    expect(tree).toMatchObject({ 'README.md': 'written since', 'run.sh': 'old run' });
    expect(Object.values(tree)).toContain('old readme');
  });

  it('is not taken for one that is going on', () => {
    const directory = prepare();
    mkdirSync(join(directory, scratch));
    // The process that started this one.
    writeFileSync(join(directory, scratch, 'owner'), String(process.ppid));
    expect(thrownBy(() => recover(directory))).toMatchObject({ code: 'PROJECT_BUSY' });
  });
});

it('two runs do not meet', async () => {
  const directory = prepare();
  mkdirSync(join(directory, scratch));
  const before = snapshotTree(directory);
  const second = rejectionOf(applyChanges({ directory, changes, signal: never }));
  expect(await second).toMatchObject({ code: 'PROJECT_BUSY', exitStatus: 1 });
  expect(snapshotTree(directory)).toEqual(before);
});

it('a file that was changed since it was read is left alone, and so are the others', async () => {
  const directory = prepare();
  writeFileSync(join(directory, 'run.sh'), 'changed meanwhile');
  const before = snapshotTree(directory);
  const shown = await rejectionOf(applyChanges({ directory, changes, signal: never }));
  expect(shown.why).toBe('run.sh has changed meanwhile.');
  expect(snapshotTree(directory)).toEqual(before);
});

it('nothing is written through a link', async () => {
  const directory = prepare();
  const outside = makeTemporaryDirectory();
  nodeFileSystem.symlinkSync(outside, join(directory, 'src/auth'));
  const shown = await rejectionOf(applyChanges({ directory, changes, signal: never }));
  expect(shown.why).toBe('src/auth is not a directory.');
  expect(snapshotTree(outside)).toEqual({});
});
