// How settings are checked: every problem is reported at once, by the name of its variable.
import { z } from 'zod';

/** The server cannot start, for a reason that a person can mend; the message says how. */
export class StartupError extends Error {
  override name = 'StartupError';
}

/**
 * Checks `environment` against a schema whose keys are variable names. What describes a member says
 * how its value is come by.
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
    if (found !== undefined)
      return `  ${name} ${issue.message}, but is "${printable(name, found)}"`;
    const hint = schema.shape[name]?.description;
    return `  ${name} is required, but not set${hint === undefined ? '' : `: ${hint}`}`;
  });
  throw new StartupError(
    `The settings are not valid:\n${problems.join('\n')}\nSet them in the environment or in the file .env; .env.example shows them all, and may be copied to .env.`,
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

/** The same, with at least one value: a list of separators is a mistake. */
export const filledList = list.refine(
  (values) => values.length > 0,
  'must name at least one value',
);

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
  .refine(isPlainHttpUrl, {
    error: 'must be an https URL without credentials, query or fragment',
    abort: true,
  })
  .refine(
    (value) => new URL(value).protocol === 'https:' || isLoopback(new URL(value)),
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

/** A value for an error message: without what is secret, and without control characters. */
function printable(name: string, value: string): string {
  if (/SECRET|PASSWORD|KEY|TOKEN/.test(name)) return '[secret]';
  return withoutControls(value.replace(/\/\/[^/\s]*@/, '//[secret]@'));
}

/** Terminals obey control characters, and some texts come from elsewhere. */
export function withoutControls(text: string): string {
  return text.replace(/\p{Cc}/gu, '?');
}

/** What is set: an empty value counts as unset, and what is no string is no setting. */
export function withoutEmpty(values: Record<string, unknown>): Record<string, string> {
  const isSet = (entry: [string, unknown]): entry is [string, string] =>
    typeof entry[1] === 'string' && entry[1] !== '';
  return Object.fromEntries(Object.entries(values).filter(isSet));
}
