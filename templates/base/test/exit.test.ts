// What a person reads when the server cannot start.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { exitWith } from '../src/exit.js';

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

function messageOf(error: unknown): string {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  exitWith(error);
  expect(process.exitCode).toBe(1);
  return String(write.mock.calls[0]?.[0]);
}

it('names the file that may not be read, instead of a port', () => {
  const error = Object.assign(new Error('EACCES: permission denied'), {
    code: 'EACCES',
    syscall: 'open',
    path: '.env',
  });
  const message = messageOf(error);
  expect(message).toContain('.env may not be opened by this user');
  expect(message).not.toContain('ort ');
});

it('names the port that may not be opened', () => {
  const error = Object.assign(new Error('listen EACCES'), {
    code: 'EACCES',
    syscall: 'listen',
    address: '127.0.0.1',
    port: 80,
  });
  expect(messageOf(error)).toContain('Port 80 on 127.0.0.1 may not be opened by this user');
});

it('names the port that is taken', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  const error = await new Promise((resolve) => {
    createServer().once('error', resolve).listen(port, '127.0.0.1');
  });
  server.close();
  expect(messageOf(error)).toContain(`Port ${port} is already in use on 127.0.0.1`);
});

it('shows the whole error when it has nothing better to say', () => {
  const directory = mkdtempSync(join(tmpdir(), 'exit-'));
  try {
    readFileSync(directory);
    expect.unreachable();
  } catch (error) {
    expect(messageOf(error)).toContain('EISDIR');
  } finally {
    rmSync(directory, { recursive: true });
  }
});
