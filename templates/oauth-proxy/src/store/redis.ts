// The store in Redis, for any number of instances.
import { Redis } from 'ioredis';
import { log } from '../log.js';
import { scripts } from './redis-scripts.js';
import { nearly, patience, type Store, StoreUnavailable } from './store.js';

/** A hash tag: whatever shards Redis keeps all keys together, as scripts need it. */
const prefix = '{mcp}:';

/**
 * Opens the store at `url`.
 * @throws {StoreUnavailable} when Redis cannot be used; the message never has the password
 */
export async function openRedisStore(url: string): Promise<Store> {
  const redis = new Redis(url, {
    lazyConnect: true,
    // What ioredis says of itself would be awaited before anything else.
    disableClientInfo: true,
    connectTimeout: patience,
    commandTimeout: patience,
    // A connection that is silent for longer is dead: the next command gets a new one.
    socketTimeout: 2 * patience,
    keepAlive: 30_000,
    // When a connection breaks, what was under way fails at once. It may have been done already: to
    // send it again could take, claim or count twice.
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 50, 1_000),
    // After a failover the old connection may lead to a replica, which refuses to write.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  });
  const problem = await connect(redis);
  if (problem !== undefined) {
    redis.disconnect();
    throw new StoreUnavailable(problem);
  }
  const trouble = followTrouble(redis);
  const run = defineScripts(redis);
  const attempt = async <T>(command: Promise<unknown>): Promise<T> => {
    try {
      return (await command) as T;
    } catch (error) {
      const { name, message } = error as Error;
      const reason = name === 'MaxRetriesPerRequestError' ? 'the connection is lost' : message;
      throw new StoreUnavailable(`Redis cannot do it: ${trouble() ?? reason}`);
    }
  };

  return {
    get: async (key) => (await attempt<string | null>(redis.hget(record(key), 'v'))) ?? undefined,
    async set(key, value, ttl, name) {
      const groups = name === undefined ? [] : [group(name)];
      await attempt(run.set(record(key), value, milliseconds(ttl), ...groups));
    },
    claim: async (key, value, ttl) =>
      (await attempt(run.claim(record(key), value, milliseconds(ttl)))) === 1,
    take: async (key) => (await attempt<string | null>(run.take(record(key)))) ?? undefined,
    async replace(key, value, next) {
      await attempt(run.replace(record(key), value, next));
    },
    async renew(key, ttl) {
      await attempt(run.renew(record(key), milliseconds(ttl), milliseconds(ttl * nearly)));
    },
    async delete(key) {
      await attempt(run.delete(record(key)));
    },
    async release(key, value) {
      await attempt(run.release(record(key), value));
    },
    async list(name) {
      const found = await attempt<string[]>(run.list(group(name)));
      const records: { key: string; value: string }[] = [];
      for (let index = 0; index < found.length; index += 2) {
        const [key = '', value = ''] = found.slice(index, index + 2);
        records.push({ key: key.slice(record('').length), value });
      }
      return records;
    },
    async deleteGroup(name) {
      await attempt(run.deleteGroup(group(name)));
    },
    async count(key, ttl) {
      const reply = attempt<[number, number]>(run.count(counter(key), milliseconds(ttl)));
      const [count, left] = await reply;
      return { count, left: left / 1000 };
    },
    async close() {
      redis.disconnect();
    },
  };
}

const record = (key: string) => `${prefix}r:${key}`;
const counter = (key: string) => `${prefix}n:${key}`;
const group = (name: string) => `${prefix}g:${name}`;
const milliseconds = (seconds: number) => Math.ceil(seconds * 1000);

/**
 * @returns what is wrong. That can be something although there is a connection: Redis may have
 * refused the database that the URL names, and would use another.
 */
async function connect(redis: Redis): Promise<string | undefined> {
  let problem: string | undefined;
  const remember = (error: unknown) => {
    problem ??= reasonOf(error);
  };
  redis.on('error', remember);
  await redis.connect().catch(remember);
  return problem;
}

/**
 * Logs once when Redis gets into trouble, and when it is out of it.
 * @returns what the trouble is at the moment, if there is any
 */
function followTrouble(redis: Redis): () => string | undefined {
  let trouble: string | undefined;
  redis.on('error', (error) => {
    const reason = reasonOf(error);
    if (reason !== trouble) log.error({ reason }, 'Redis cannot be used');
    trouble = reason;
  });
  redis.on('ready', () => {
    if (trouble !== undefined) log.info('Redis can be used again');
    trouble = undefined;
  });
  return () => trouble;
}

/** The message alone: errors of ioredis also carry the command, and AUTH has the password in it. */
function reasonOf(error: unknown): string {
  const { message, code } = error as Error & { code?: string };
  return message || (code ?? 'no reason given');
}

type Script = (key: string, ...values: (string | number)[]) => Promise<unknown>;

function defineScripts(redis: Redis): Record<keyof typeof scripts, Script> {
  const commands = redis as unknown as Record<string, Script>;
  const defined = Object.entries(scripts).map(([name, lua]) => {
    const command = `mcp:${name}`;
    redis.defineCommand(command, { numberOfKeys: 1, lua });
    return [name, (...values: Parameters<Script>) => commands[command]?.(...values)];
  });
  return Object.fromEntries(defined);
}
