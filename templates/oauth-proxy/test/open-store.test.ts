import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { StartupError } from '../src/settings.js';
import { openStore } from '../src/store/open-store.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'open-'));
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

it.each([
  ['file:./data/auth.db', 'data/auth.db'],
  ['file:auth.db', 'auth.db'],
  ['file::memory:', ':memory:'],
])('opens %s in the working directory', async (url, path) => {
  const store = await openStore(url);
  expect(existsSync(join(folder, path))).toBe(true);
  await store.close();
});

it('opens a file by its whole URL', async () => {
  const file = join(folder, 'a b.db');
  const store = await openStore(pathToFileURL(file).href);
  expect(existsSync(file)).toBe(true);
  await store.close();
});

it.each([
  'data/auth.db',
  'postgres://me:hunter2@db.example/x',
  'file:',
  'file://elsewhere.example/auth.db',
  'redis://',
  'redis://:hunter2@cache.example:no-port',
  'redis://:hunter2@cache.example/zero',
])('refuses %s and shows what it could be, without the password', async (url) => {
  const failure = openStore(url);
  await expect(failure).rejects.toThrow(StartupError);
  await expect(failure).rejects.toThrow('file:./data/auth.db');
  await expect(failure).rejects.not.toThrow('hunter2');
});

it.each([['a folder', () => mkdirSync(join(folder, 'auth.db'))]])(
  'says which file cannot be used, and what it needs: %s',
  async (_, prepare) => {
    prepare();
    const failure = openStore('file:./auth.db');
    await expect(failure).rejects.toThrow(StartupError);
    await expect(failure).rejects.toThrow(join(folder, 'auth.db'));
    await expect(failure).rejects.toThrow('write to the file');
  },
);

it.each([
  ['is something else', () => Buffer.from('Dear Ada, '.repeat(500)), 'not a database'],
  ['is broken', (whole: Buffer) => whole.fill(255, 110, 4_000), 'malformed'],
])('says what follows when the file is moved away that %s', async (_, damage, reason) => {
  const file = join(folder, 'auth.db');
  const store = await openStore('file:./auth.db');
  await store.set('a', 'x', 60);
  await store.close();
  for (const beside of ['-wal', '-shm']) rmSync(`${file}${beside}`, { force: true });
  writeFileSync(file, damage(readFileSync(file)));
  const failure = openStore('file:./auth.db');
  await expect(failure).rejects.toThrow(StartupError);
  await expect(failure).rejects.toThrow(`${file}, cannot be used: `);
  await expect(failure).rejects.toThrow(reason);
  await expect(failure).rejects.toThrow(/Move it away.*log in again/s);
});

// Whoever is root may write everywhere.
it.skipIf(process.getuid?.() === 0)('says that it may not write', async () => {
  chmodSync(folder, 0o500);
  const failure = openStore('file:./data/auth.db');
  await expect(failure).rejects.toThrow('permission denied');
  chmodSync(folder, 0o700);
});

/** Something on a port that is no Redis. */
async function listen(onConnection: (socket: Socket) => void): Promise<[Server, string]> {
  const server = createServer(onConnection);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return [server, `127.0.0.1:${(server.address() as AddressInfo).port}`];
}

it('says that Redis is not there, without the password', async () => {
  const [server, host] = await listen(() => {});
  await new Promise((resolve) => server.close(resolve));
  const failure = openStore(`redis://:hunter2@${host}`);
  await expect(failure).rejects.toThrow(StartupError);
  await expect(failure).rejects.toThrow(`Redis at ${host}`);
  await expect(failure).rejects.toThrow('ECONNREFUSED');
  await expect(failure).rejects.not.toThrow('hunter2');
});

it('does not wait for a Redis that says nothing', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const sockets: Socket[] = [];
  const [server, host] = await listen((socket) => sockets.push(socket));
  const failure = expect(openStore(`redis://${host}`)).rejects.toThrow('timed out');
  await vi.waitFor(() => expect(sockets).toHaveLength(1));
  // It gives up on the answer, and then on a polite end of the connection.
  await vi.advanceTimersByTimeAsync(4_000);
  await failure;
  for (const socket of sockets) socket.destroy();
  server.close();
});
