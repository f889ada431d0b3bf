// What the identity provider remembers when it is started again: one JSON file.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Adapter, JWK } from 'oidc-provider';
import { RecordAdapter, type StoredRecord } from './record-adapter.js';
import type { User } from './user.js';

interface State {
  version: 1;
  signingKey: JWK;
  cookieSecret: string;
  /** By id, the latest login last. */
  users: Record<string, User>;
  /** By `Model:id`, as oidc-provider calls them: Client, Grant, RefreshToken, … */
  records: Record<string, StoredRecord>;
}

export interface Store {
  signingKey: JWK;
  cookieSecret: string;
  users(): User[];
  findUser(id: string): User | undefined;
  saveUser(user: User): void;
  /** The storage of one of oidc-provider's models. */
  adapter(model: string): Adapter;
}

/**
 * Opens the store in `directory`, which is created when it is missing. A file that cannot be read
 * is put aside and replaced: everybody has to log in again, nothing else is lost.
 */
export function openStore(directory: string, log: (line: string) => void): Store {
  const file = join(directory, 'state.json');
  const state = readState(file, log) ?? newState();

  const save = () => {
    const now = Date.now();
    for (const [key, { expires }] of Object.entries(state.records)) {
      if (expires !== undefined && expires <= now) delete state.records[key];
    }
    // Each time, because somebody may delete the folder meanwhile.
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    // The folder holds a private key: keep it out of every repository, whatever .gitignore says.
    writeFileSync(join(directory, '.gitignore'), '*\n');
    // Written beside and renamed, so that a crash in the middle leaves the old file.
    writeFileSync(`${file}.new`, JSON.stringify(state, undefined, 2), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  save();

  return {
    signingKey: state.signingKey,
    cookieSecret: state.cookieSecret,
    users: () => Object.values(state.users),
    findUser: (id) => (Object.hasOwn(state.users, id) ? state.users[id] : undefined),
    saveUser(user) {
      delete state.users[user.id];
      state.users[user.id] = user;
      save();
    },
    adapter: (model) => new RecordAdapter(model, state.records, save),
  };
}

function readState(file: string, log: (line: string) => void): State | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const state = JSON.parse(readFileSync(file, 'utf8')) as Partial<State>;
    if (isState(state)) return state;
    throw new Error('it is not what this version writes');
  } catch (error) {
    renameSync(file, `${file}.damaged`);
    log(`${file} could not be used (${(error as Error).message}); it is now ${file}.damaged.`);
    log('Starting with new keys and no users: MCP clients will have to log in again.');
    return undefined;
  }
}

function isState(state: Partial<State>): state is State {
  const { version, signingKey, cookieSecret, users, records } = state;
  return version === 1 && Boolean(signingKey?.d && cookieSecret && users && records);
}

function newState(): State {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = privateKey.export({ format: 'jwk' }) as JWK;
  const kid = randomBytes(8).toString('hex');
  return {
    version: 1,
    signingKey: { ...key, kid, alg: 'RS256', use: 'sig' },
    cookieSecret: randomBytes(32).toString('base64url'),
    users: {},
    records: {},
  };
}
