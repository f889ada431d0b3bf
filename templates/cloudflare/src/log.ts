// The one logger: a line of JSON for each fact. On Node they go to stderr, because stdout belongs to
// the stdio transport; in a Worker they go to the console, where the platform collects them.

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
type Level = Exclude<(typeof levels)[number], 'silent'>;

/** Names under which credentials are found in requests, token responses and their errors. */
const secrets = new Set([
  ...['authorization', 'cookie', 'set-cookie', 'password', 'secret', 'client_secret'],
  ...['token', 'access_token', 'refresh_token', 'id_token', 'assertion'],
]);

/** The console's name for each level. */
const methods = {
  trace: 'debug',
  debug: 'debug',
  info: 'info',
  warn: 'warn',
  error: 'error',
  fatal: 'error',
} as const;

let write = (_level: Level, line: string): void => void process.stderr.write(`${line}\n`);

/** Sends lines to the console from now on. */
export function logToConsole(): void {
  write = (level, line) => console[methods[level]](line);
}

/** With facts (an error is called `err`), and a sentence; or the sentence alone. */
type Log = { (facts: object, message: string): void; (message: string): void };

/**
 * Log facts, never credentials. What is redacted is a safety net for the day somebody logs a whole
 * request or token response.
 */
export const log: Record<Level, Log> & { level: string } = {
  level: 'info',
  trace: logAt('trace'),
  debug: logAt('debug'),
  info: logAt('info'),
  warn: logAt('warn'),
  error: logAt('error'),
  fatal: logAt('fatal'),
};

function logAt(level: Level): Log {
  return (first: object | string, message?: string) => {
    if (rank(level) < rank(log.level)) return;
    const [facts, msg] = typeof first === 'string' ? [{}, first] : [first, message];
    write(level, spell({ level, time: Date.now(), ...facts, msg }));
  };
}

function rank(level: string): number {
  return (levels as readonly string[]).indexOf(level);
}

function spell(record: object): string {
  const seen = new Set<unknown>();
  return JSON.stringify(record, (key, value: unknown) => {
    if (secrets.has(key.toLowerCase())) return '[redacted]';
    if (typeof value === 'bigint') return String(value);
    if (typeof value !== 'object' || value === null) return value;
    if (seen.has(value)) return '[seen above]';
    seen.add(value);
    if (!(value instanceof Error)) return value;
    // Neither is a property that JSON would show.
    return { ...value, type: value.name, message: value.message, stack: value.stack };
  });
}
