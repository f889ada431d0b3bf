import nodeFileSystem, {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RenderedFile } from '../src/render.js';
import type { TargetState } from '../src/target.js';
import type { FileSystem } from '../src/transaction.js';
import { writeProject } from '../src/write.js';
import { makeTemporaryDirectory, snapshotTree } from './support/directory.js';
import { rejectionOf, type Shown } from './support/thrown.js';

const project: Record<string, string> = {
  '.gitignore': 'node_modules/',
  'README.md': 'new readme',
  'src/index.ts': 'new index',
  'src/tools/echo.ts': 'new echo',
};

const files: RenderedFile[] = Object.entries(project).map(([path, text]) => ({
  path,
  contents: Buffer.from(text),
}));

/** The real file system, with something happening at the n-th operation. */
function disturb(at: number, event: (operate: () => unknown) => unknown) {
  let count = 0;
  const operations = [
    'mkdirSync',
    'writeFileSync',
    'renameSync',
    'lstatSync',
    'rmdirSync',
    'rmSync',
  ] as const;
  const fs = Object.fromEntries(
    operations.map((name) => [
      name,
      (...args: unknown[]) => {
        count += 1;
        const operate = () => (nodeFileSystem[name] as (...args: unknown[]) => unknown)(...args);
        return count === at ? event(operate) : operate();
      },
    ]),
  ) as unknown as FileSystem;
  return { fs, operations: () => count };
}

const failWith = (code: string) => () => {
  throw Object.assign(new Error(`${code}: it does not work`), { code });
};

/** The places a project can be written to, and what is there before. */
const places: Record<string, { state: TargetState; prepare: (root: string) => string }> = {
  'a new directory': { state: 'absent', prepare: (root) => join(root, 'my-app') },
  'a new directory in others that are missing': {
    state: 'absent',
    prepare: (root) => join(root, 'deep', 'er', 'my-app'),
  },
  'an empty directory': {
    state: 'empty',
    prepare: (root) => {
      mkdirSync(join(root, 'my-app'));
      return join(root, 'my-app');
    },
  },
  'a directory with .git': {
    state: 'empty',
    prepare: (root) => {
      mkdirSync(join(root, 'my-app/.git'), { recursive: true });
      writeFileSync(join(root, 'my-app/.git/HEAD'), 'ref');
      return join(root, 'my-app');
    },
  },
  'a directory with files of the plan and others': {
    state: 'occupied',
    prepare: (root) => {
      mkdirSync(join(root, 'my-app/src'), { recursive: true });
      writeFileSync(join(root, 'my-app/README.md'), 'old readme');
      writeFileSync(join(root, 'my-app/src/index.ts'), 'old index');
      writeFileSync(join(root, 'my-app/src/mine.ts'), 'mine');
      writeFileSync(join(root, 'outside.txt'), 'outside');
      symlinkSync(join(root, 'outside.txt'), join(root, 'my-app/.gitignore'));
      return join(root, 'my-app');
    },
  },
};

const never = () => new AbortController().signal;

describe.each(Object.entries(places))('into %s', (_, { state, prepare }) => {
  it('writes every file and nothing else', async () => {
    const root = makeTemporaryDirectory();
    const target = prepare(root);
    const before = snapshotTree(root);
    expect(await writeProject({ target, state, files, signal: never() })).toEqual([]);

    const base = `${target.slice(root.length + 1)}/`;
    const written = Object.entries(project).map(([path, text]) => [base + path, text]);
    const after = snapshotTree(root);
    const directories = Object.entries(after).filter(([, kind]) => kind === 'directory');
    expect(after).toEqual({
      ...before,
      ...Object.fromEntries(directories),
      ...Object.fromEntries(written),
    });
    expect(readdirSync(target, { recursive: true }).join()).not.toContain('create-mcp-server');
  });

  it('leaves the disk as it was, whichever operation fails', async () => {
    const counting = disturb(0, () => undefined);
    const target = prepare(makeTemporaryDirectory());
    await writeProject({ target, state, files, signal: never() }, counting.fs);
    const total = counting.operations();
    expect(total).toBeGreaterThan(files.length);

    for (const code of ['ENOSPC', 'EACCES', 'EXDEV']) {
      for (let at = 1; at <= total; at += 1) {
        const root = makeTemporaryDirectory();
        const target = prepare(root);
        const before = snapshotTree(root);
        const writing = writeProject(
          { target, state, files, signal: never() },
          disturb(at, failWith(code)).fs,
        );
        // Once every file is in place, only removing scratch is left: that fails nothing.
        if (state !== 'absent' && at > total - 2) {
          const [leftover] = await writing;
          expect(existsSync(leftover as string)).toBe(true);
          continue;
        }
        expect(await rejectionOf(writing), `${code} at ${at}`).toEqual({
          code: 'WRITE_FAILED',
          exitStatus: 1,
          what: `${target} could not be written`,
          why: `${code}: it does not work.`,
          fix: 'The disk is as it was before. Run the command again when the cause is gone.',
        } satisfies Shown);
        expect(snapshotTree(root), `${code} at ${at}`).toEqual(before);
      }
    }
  });

  it('leaves the disk as it was, whenever it is told to stop', async () => {
    const counting = disturb(0, () => undefined);
    await writeProject(
      { target: prepare(makeTemporaryDirectory()), state, files, signal: never() },
      counting.fs,
    );
    let stopped = 0;
    for (let at = 1; at <= counting.operations(); at += 1) {
      const root = makeTemporaryDirectory();
      const target = prepare(root);
      const before = snapshotTree(root);
      const controller = new AbortController();
      const { fs } = disturb(at, (operate) => {
        controller.abort();
        return operate();
      });
      const outcome = await writeProject(
        { target, state, files, signal: controller.signal },
        fs,
      ).then(
        () => 'written',
        (error) => error.exitStatus,
      );
      if (outcome === 'written') {
        expect(snapshotTree(target), `stopped at ${at}`).toMatchObject(project);
      } else {
        stopped += 1;
        expect(outcome).toBe(130);
        expect(snapshotTree(root), `stopped at ${at}`).toEqual(before);
      }
    }
    // Only from the last move on is it too late.
    expect(stopped).toBe(counting.operations() - (state === 'absent' ? 1 : 3));
  });

  it('does nothing if it is told to stop before', async () => {
    const root = makeTemporaryDirectory();
    const target = prepare(root);
    const before = snapshotTree(root);
    const writing = writeProject({ target, state, files, signal: AbortSignal.abort() });
    expect(await rejectionOf(writing)).toEqual({
      code: 'CANCELLED',
      exitStatus: 130,
      what: 'Cancelled',
      why: 'You, or the system, asked for it.',
      fix: 'The disk is as it was before.',
    });
    expect(snapshotTree(root)).toEqual(before);
  });
});

describe('what is in the way', () => {
  it('is not followed out of the target', async () => {
    const root = makeTemporaryDirectory();
    mkdirSync(join(root, 'my-app'));
    mkdirSync(join(root, 'elsewhere'));
    symlinkSync(join(root, 'elsewhere'), join(root, 'my-app/src'));
    const before = snapshotTree(root);
    const target = join(root, 'my-app');
    const { why } = await rejectionOf(
      writeProject({ target, state: 'occupied', files, signal: never() }),
    );
    expect(why).toBe(`${join(target, 'src')} is not a directory.`);
    expect(snapshotTree(root)).toEqual(before);
  });

  it('is not removed if it is a directory', async () => {
    const root = makeTemporaryDirectory();
    const target = join(root, 'my-app');
    mkdirSync(join(target, 'README.md'), { recursive: true });
    writeFileSync(join(target, 'README.md/precious'), 'precious');
    const before = snapshotTree(root);
    const { why } = await rejectionOf(
      writeProject({ target, state: 'occupied', files, signal: never() }),
    );
    expect(why).toBe(`${join(target, 'README.md')} is a directory.`);
    expect(snapshotTree(root)).toEqual(before);
  });

  it('is named if it cannot be put back', async () => {
    const root = makeTemporaryDirectory();
    const target = (
      places['a directory with files of the plan and others'] as {
        prepare: (root: string) => string;
      }
    ).prepare(root);
    // Moving the readme into place fails, and so does moving the old one back.
    let failing = false;
    const fs: FileSystem = {
      ...nodeFileSystem,
      renameSync(from, to) {
        failing ||= to === join(target, 'README.md');
        if (failing && to === join(target, 'README.md')) failWith('EIO')();
        nodeFileSystem.renameSync(from, to);
      },
    };
    const { fix } = await rejectionOf(
      writeProject({ target, state: 'occupied', files, signal: never() }, fs),
    );
    expect(fix).toContain(`Look after these yourself: ${join(target, 'README.md')}, `);
    const kept = readdirSync(target).find((name) => name.startsWith('.old.')) as string;
    expect(Object.values(snapshotTree(join(target, kept)))).toEqual(['old readme']);
  });
});

describe('secrets', () => {
  const secrets = [...files, { path: '.env', contents: Buffer.from('new secrets') }];

  it.skipIf(process.platform === 'win32').each(Object.keys(places))(
    'are for their owner only, in %s',
    async (name) => {
      const { state, prepare } = places[name] as (typeof places)[string];
      const target = prepare(makeTemporaryDirectory());
      await writeProject({ target, state, files: secrets, signal: never() });
      expect(statSync(join(target, '.env')).mode & 0o777).toBe(0o600);
      expect(statSync(join(target, 'README.md')).mode & 0o777).toBe(0o666 & ~process.umask());
    },
  );

  it('that are there already stay as they are', async () => {
    const target = join(makeTemporaryDirectory(), 'my-app');
    mkdirSync(target);
    writeFileSync(join(target, '.env'), 'old secrets');
    chmodSync(join(target, '.env'), 0o640);
    const before = statSync(join(target, '.env'));
    await writeProject({ target, state: 'occupied', files: secrets, signal: never() });
    const { ino, mode, mtimeMs } = statSync(join(target, '.env'));
    expect({ ino, mode, mtimeMs }).toEqual({
      ino: before.ino,
      mode: before.mode,
      mtimeMs: before.mtimeMs,
    });
    expect(readFileSync(join(target, '.env'), 'utf8')).toBe('old secrets');
    expect(snapshotTree(target)).toMatchObject(project);
    expect(readdirSync(target).join()).not.toContain('create-mcp-server');
  });
});

it.skipIf(process.platform === 'win32')('gives the directory the usual permissions', async () => {
  const target = join(makeTemporaryDirectory(), 'my-app');
  await writeProject({ target, state: 'absent', files, signal: never() });
  expect(statSync(target).mode & 0o777).toBe(0o777 & ~process.umask());
});
