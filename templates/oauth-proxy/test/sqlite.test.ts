// What is special about the store in a file: several processes, crashes, and what it leaves behind.
import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSqliteStore } from '../src/store/sqlite.js';
import { StoreUnavailable } from '../src/store/store.js';

const minute = 60;
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sqlite-'));
  file = join(folder, 'data', 'auth.db');
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

/** Looks into the file, as somebody else. */
function inspect<Row>(sql: string): Row[] {
  const database = new Database(file);
  try {
    return database.prepare(sql).all() as Row[];
  } finally {
    database.close();
  }
}
const countRows = () => inspect<{ rows: number }>('SELECT count(*) rows FROM records')[0]?.rows;

it('makes the folder and its files for this user alone', async () => {
  const store = await openSqliteStore(file);
  await store.set('a', 'x', minute);
  const modeOf = (path: string) => statSync(path).mode & 0o777;
  expect(modeOf(join(folder, 'data'))).toBe(0o700);
  for (const suffix of ['', '-wal', '-shm']) expect(modeOf(`${file}${suffix}`)).toBe(0o600);
  await store.close();
});

it('keeps everything when the server is started again', async () => {
  const before = await openSqliteStore(file);
  await before.set('a', 'x', minute, 'group');
  await before.count('n', minute);
  await before.close();
  const after = await openSqliteStore(file);
  expect(await after.list('group')).toEqual([{ key: 'a', value: 'x' }]);
  expect(await after.count('n', minute)).toMatchObject({ count: 2 });
  await after.close();
});

it('has everything in the one file when it is closed', async () => {
  const store = await openSqliteStore(file);
  await store.set('a', 'x', minute);
  await store.close();
  const copy = join(folder, 'copy.db');
  copyFileSync(file, copy);
  const copied = await openSqliteStore(copy);
  expect(await copied.get('a')).toBe('x');
  await copied.close();
});

it('writes a renewal only when the life has become shorter by one part in a hundred', async () => {
  let clock = 1_000_000;
  const store = await openSqliteStore(file, () => clock);
  const expires = () => inspect<{ expires: number }>('SELECT expires FROM records')[0]?.expires;
  await store.set('a', 'x', 1_000);
  const first = expires();
  clock += 9_000;
  await store.renew('a', 1_000);
  expect(expires()).toBe(first);
  clock += 2_000;
  await store.renew('a', 1_000);
  expect(expires()).toBe(clock + 1_000_000);
  await store.close();
});

it('waits for another process that sets the new file up', async () => {
  file = join(folder, 'auth.db');
  const another = new Database(file);
  another.exec('BEGIN IMMEDIATE');
  const opening = openSqliteStore(file);
  another.exec('COMMIT');
  another.close();
  const store = await opening;
  await store.set('a', 'x', minute);
  await store.close();
});

it('says that it cannot work, instead of losing something', async () => {
  const store = await openSqliteStore(file);
  inspect('DROP TABLE records');
  await expect(store.set('a', 'x', minute)).rejects.toThrow(StoreUnavailable);
  await expect(store.get('a')).rejects.toThrow(StoreUnavailable);
  await store.close();
});

it('does not touch a file that is something else', async () => {
  file = join(folder, 'letter');
  writeFileSync(file, 'Dear Ada, '.repeat(500));
  await expect(openSqliteStore(file)).rejects.toThrow('not a database');
});

describe('sweeping', () => {
  const fill = async (rows: number, clock: number) => {
    const store = await openSqliteStore(file, () => clock);
    for (let row = 0; row < rows; row++) await store.set(`row ${row}`, 'x', minute);
    await store.count('n', minute);
    await store.set('lasting', 'x', 3 * minute);
    await store.close();
  };

  it('deletes what has expired at start', async () => {
    const clock = 1_000_000;
    await fill(10, clock);
    const store = await openSqliteStore(file, () => clock + minute * 1000);
    expect(countRows()).toBe(1);
    await store.close();
  });

  it('deletes every minute, a thousand rows at a time', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let clock = 1_000_000;
    await fill(2_500, clock);
    const store = await openSqliteStore(file, () => clock);
    clock += minute * 1000;
    vi.advanceTimersByTime(59_999);
    expect(countRows()).toBe(2_502);
    vi.advanceTimersByTime(1);
    expect(countRows()).toBe(1_502);
    vi.advanceTimersByTime(2);
    expect(countRows()).toBe(1);
    await store.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('goes on after a failure', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let clock = 1_000_000;
    await fill(1, clock);
    const store = await openSqliteStore(file, () => clock);
    clock += minute * 1000;
    inspect('ALTER TABLE records RENAME TO hidden');
    vi.advanceTimersByTime(minute * 1000);
    inspect('ALTER TABLE hidden RENAME TO records');
    vi.advanceTimersByTime(minute * 1000);
    expect(countRows()).toBe(1);
    await store.close();
  });
});

describe('several processes', () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  /** Starts a process that waits for `go`. */
  async function start(task: string) {
    const script = fileURLToPath(new URL('./support/store-child.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', script, file, task], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    children.push(child);
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
    const lines = () => said.split('\n').slice(1, -1);
    await vi.waitFor(() => expect(said).toContain('ready'), { timeout: 15_000 });
    return { lines, ended, go: () => child.stdin.write('go\n'), kill: () => child.kill('SIGKILL') };
  }

  it('open a new file together, and one of them wins each claim', async () => {
    const processes = await Promise.all(['claim', 'claim', 'claim'].map(start));
    for (const { go } of processes) go();
    await Promise.all(processes.map(({ ended }) => ended));
    const won = processes.map(({ lines }) => Number(lines()[0]));
    expect(won.reduce((sum, wins) => sum + wins, 0)).toBe(2_000);
  }, 30_000);

  it('lose nothing when one is killed while it writes', async () => {
    const writer = await start('write');
    writer.go();
    await vi.waitFor(() => expect(writer.lines().length).toBeGreaterThan(500), { timeout: 15_000 });
    writer.kill();
    await writer.ended;
    const written = writer.lines().length;
    expect(inspect('PRAGMA integrity_check')).toMatchObject([{ integrity_check: 'ok' }]);
    const store = await openSqliteStore(file);
    for (let index = 0; index < written; index++) {
      expect(await store.get(`write ${index}`)).toHaveLength(1_000);
    }
    await store.deleteGroup('written');
    expect(countRows()).toBe(0);
    await store.close();
  }, 30_000);
});
