// How settings are read: `.env` under the real environment, every problem reported at once.
import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { z } from 'zod';

/** The server cannot start, for a reason that a person can mend; the message says how. */
export class StartupError extends Error {
  override name = 'StartupError';
}

/**
 * The environment the settings come from: the variables of `file` (dotenv syntax, optional) under
 * those of the process. An empty value counts as unset, so `PORT=` never hides what the file says.
 */
export function readEnvironment(
  file = '.env',
  environment: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  return { ...withoutEmpty(fromFile), ...withoutEmpty(environment) };
}

/**
 * Checks `environment` against a schema whose keys are variable names.
 * @throws {StartupError} with one line for each variable that is wrong
 */
export function parseSettings<S extends z.ZodObject>(
  schema: S,
  environment: Record<string, string>,
): z.output<S> {
  const result = schema.safeParse(environment);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const found = environment[name];
    const reason = found === undefined ? 'is required, but not set' : issue.message;
    return `  ${name} ${reason}${found === undefined || isSecret(name) ? '' : `, but is "${found}"`}`;
  });
  throw new StartupError(
    `The settings are not valid:\n${problems.join('\n')}\nSet them in the environment or in the file .env (see .env.example).`,
  );
}

/** A TCP port. Port 0 is refused: the public URL has to name the port that is listened on. */
export const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number from 1 to 65535')
  .transform(Number)
  .refine((value) => value >= 1 && value <= 65535, 'must be a port number from 1 to 65535');

/** Several values in one variable, separated by spaces or commas. */
export const list = z.string().transform((value) => value.split(/[\s,]+/).filter(Boolean));

/** Where clients reach this server: an http(s) URL, given back without a trailing slash. */
export const publicUrl = z
  .string()
  .refine(isPlainHttpUrl, 'must be an http(s) URL without credentials, query or fragment')
  .transform((value) => new URL(value).href.replace(/\/+$/, ''));

/**
 * An authorization server's identifier: https (http on this machine only), no query, no fragment
 * (RFC 8414 §2). It is kept as it is written, because issuers are compared byte for byte.
 */
export const issuerUrl = z
  .string()
  .refine(isPlainHttpUrl, 'must be a URL without credentials, query or fragment')
  .refine(
    (value) => value.startsWith('https:') || isLoopback(new URL(value)),
    'must be an https URL, except on this machine',
  );

/** Web origins, compared as browsers send them; `*` would let every website call this server. */
export const origins = list.refine(
  (values) => values.every((value) => originOf(value) === value),
  'must be a list of origins such as https://app.example.com (scheme, host and port only)',
);

export const logLevel = z.enum(
  ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
  'must be trace, debug, info, warn, error, fatal or silent',
);

/** Whether `url` points at this machine. */
export function isLoopback(url: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}

function isPlainHttpUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  const plain = url.username === '' && url.password === '' && !/[?#]/.test(value);
  return plain && (url.protocol === 'https:' || url.protocol === 'http:');
}

function originOf(value: string): string | undefined {
  if (!URL.canParse(value)) return undefined;
  const url = new URL(value);
  // Browser extensions have opaque origins for `URL`; they send scheme and host.
  return url.origin === 'null' ? `${url.protocol}//${url.host}` : url.origin;
}

function isSecret(name: string): boolean {
  return /SECRET|PASSWORD|KEY|TOKEN/.test(name);
}

function withoutEmpty(values: NodeJS.Dict<string>): Record<string, string> {
  const entries = Object.entries(values).filter((entry): entry is [string, string] => !!entry[1]);
  return Object.fromEntries(entries);
}
