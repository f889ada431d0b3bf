// Which store AUTH_STORE means, and what is told to a person when it cannot be used.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartupError, withoutControls } from '../settings.js';
import type { Store } from './store.js';

/**
 * Opens the store at `url`: `file:./data/auth.db` (SQLite; relative to the working directory), or
 * `redis://` or `rediss://` (TLS) with host, port, password and database number.
 * @throws {StartupError} when it cannot be used
 */
export async function openStore(url: string): Promise<Store> {
  const [scheme = ''] = url.split(':', 1);
  if (scheme === 'file') return openFile(url);
  if (scheme === 'redis' || scheme === 'rediss') return openRedis(url);
  // Not the value itself: it may have a password in it.
  throw problem(`AUTH_STORE begins with ${JSON.stringify(scheme)}, which is no store`, forms);
}

const forms =
  'Set AUTH_STORE to file:./data/auth.db, or to an address such as redis://:PASSWORD@HOST:6379/0.';

async function openFile(url: string): Promise<Store> {
  const path = url.startsWith('file://') ? pathOf(url) : url.slice('file:'.length);
  if (!path) throw problem('AUTH_STORE names no file', forms);
  // Absolute, because the driver takes some names, such as `:memory:`, for something else.
  const file = resolve(path);
  const { openSqliteStore } = await import('./sqlite.js').catch((error: Error) => {
    throw problem(
      `The driver of SQLite cannot be loaded: ${error.message}`,
      'It has a binary for each platform: install the packages on the one where the server runs, with optional dependencies, or set AUTH_STORE to redis://….',
    );
  });
  try {
    return await openSqliteStore(file);
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    throw problem(
      `The store of logins, ${file}, cannot be used: ${message}`,
      code !== undefined && damaged.has(code)
        ? adviceForDamage
        : 'Let this user write to the file and its folder, or set AUTH_STORE to another place, such as file:./data/auth.db. Several machines cannot share a file; they need redis://….',
    );
  }
}

/** SQLite: "file is not a database", and "database disk image is malformed". */
const damaged = new Set(['SQLITE_NOTADB', 'SQLITE_CORRUPT']);
const adviceForDamage =
  'Move it away, with its -wal and -shm beside it, or put a copy of it back. Without it the server starts anew: everybody has to log in again, and MCP clients register anew.';

function pathOf(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}

async function openRedis(url: string): Promise<Store> {
  const { host, pathname } = URL.canParse(url) ? new URL(url) : { host: '', pathname: '' };
  // ioredis would take what is no number for database 0.
  if (!host || !/^\/?\d*$/.test(pathname)) {
    throw problem('AUTH_STORE is not the address of a Redis database', forms);
  }
  const { openRedisStore } = await import('./redis.js');
  try {
    return await openRedisStore(url);
  } catch (error) {
    throw problem(
      `Redis at ${host}, the store of logins, cannot be used: ${(error as Error).message}`,
      'Start it, or correct the address in AUTH_STORE: host, port, password and database number; rediss:// is for TLS.',
    );
  }
}

function problem(what: string, advice: string): StartupError {
  return new StartupError(`${withoutControls(what)}.\n${advice}`);
}
