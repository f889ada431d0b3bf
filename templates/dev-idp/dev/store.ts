// What the identity provider remembers between two runs of `npm run dev`: one JSON file.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Adapter, AdapterPayload, JWK } from 'oidc-provider';

export interface User {
  /** The `sub` claim. */
  id: string;
  name: string;
}

interface StoredRecord {
  payload: AdapterPayload;
  /** Milliseconds since 1970; absent when it never expires. */
  expires?: number;
}

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

const refreshGrace = 10_000;
const clientLifetime = 90 * 24 * 3600;

/**
 * Opens the store in `directory`, which is created when it is missing. A file that cannot be read
 * is put aside and replaced: everybody has to log in again, nothing else is lost.
 */
export function openStore(directory: string, log: (line: string) => void): Store {
  const file = join(directory, 'state.json');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // The folder holds a private key: keep it out of every repository, whatever .gitignore says.
  writeFileSync(join(directory, '.gitignore'), '*\n');
  const state = readState(file, log) ?? newState();

  const save = () => {
    const now = Date.now();
    for (const [key, { expires }] of Object.entries(state.records)) {
      if (expires !== undefined && expires <= now) delete state.records[key];
    }
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

class RecordAdapter implements Adapter {
  constructor(
    private readonly model: string,
    private readonly records: Record<string, StoredRecord>,
    private readonly save: () => void,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn = this.defaultLifetime()) {
    const expires = expiresIn === undefined ? {} : { expires: Date.now() + expiresIn * 1000 };
    this.records[this.key(id)] = { payload, ...expires };
    this.save();
  }

  async find(id: string) {
    const record = this.records[this.key(id)];
    if (!record || (record.expires ?? Infinity) <= Date.now()) return undefined;
    // A client that is in use stays; the next change writes the new date.
    if (this.model === 'Client') record.expires = Date.now() + clientLifetime * 1000;
    const { consumed, ...fresh } = record.payload;
    // Two tabs may refresh at once: within the grace both get new tokens, later it counts as theft.
    const inGrace = Number(consumed) * 1000 + refreshGrace > Date.now();
    return this.model === 'RefreshToken' && inGrace ? fresh : { ...record.payload };
  }

  async findByUid(uid: string) {
    const own = Object.entries(this.records).filter(([key]) => key.startsWith(`${this.model}:`));
    return own.map(([, { payload }]) => payload).find((payload) => payload.uid === uid);
  }

  async findByUserCode() {
    return undefined; // The device flow is not enabled.
  }

  async consume(id: string) {
    const record = this.records[this.key(id)];
    if (record) record.payload.consumed ??= Math.floor(Date.now() / 1000);
    this.save();
  }

  async destroy(id: string) {
    delete this.records[this.key(id)];
    this.save();
  }

  async revokeByGrantId(grantId: string) {
    for (const [key, { payload }] of Object.entries(this.records)) {
      if (key.startsWith(`${this.model}:`) && payload.grantId === grantId) delete this.records[key];
    }
    this.save();
  }

  private key(id: string) {
    return `${this.model}:${id}`;
  }

  private defaultLifetime() {
    return this.model === 'Client' ? clientLifetime : undefined;
  }
}

function readState(file: string, log: (line: string) => void): State | undefined {
  if (!existsSync(file)) return undefined;
  chmodSync(file, 0o600);
  try {
    const state = JSON.parse(readFileSync(file, 'utf8')) as State;
    if (
      state.version === 1 &&
      state.signingKey.d &&
      state.cookieSecret &&
      state.users &&
      state.records
    )
      return state;
    throw new Error('it is not what this version writes');
  } catch (error) {
    renameSync(file, `${file}.damaged`);
    log(`${file} could not be used (${(error as Error).message}); it is now ${file}.damaged.`);
    log('Starting with new keys and no users: MCP clients will have to log in again.');
    return undefined;
  }
}

function newState(): State {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = randomBytes(8).toString('hex');
  const signingKey = {
    ...privateKey.export({ format: 'jwk' }),
    kid,
    alg: 'RS256',
    use: 'sig',
  } as JWK;
  const cookieSecret = randomBytes(32).toString('base64url');
  return { version: 1, signingKey, cookieSecret, users: {}, records: {} };
}
