/**
 * Checks the values that end up in a project's environment file. They are kept byte for byte, so
 * whatever could end the line, start a comment or be expanded by a reader of that file is refused.
 */
import { UsageError } from './errors.js';

function invalid(option: string, what: string, why: string, fix: string): UsageError {
  return new UsageError('OPTION_INVALID', { what: `${option} ${what}`, why, fix, option });
}

// Visible ASCII without what quotes, escapes, comments or expands in dotenv files and shells.
const plain = /^[\x21\x25\x26\x28-\x5b\x5d-\x5f\x61-\x7e]+$/;

function isLoopback(hostname: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/**
 * Checks an issuer identifier: an absolute https URL without query or fragment (RFC 8414 §2); http
 * is accepted on loopback, for development.
 *
 * @returns the value unchanged: issuers are compared byte for byte, a slash at the end included
 * @throws UsageError
 */
export function parseIssuer(value: string): string {
  const refuse = (what: string, why: string) =>
    invalid(
      '--issuer',
      what,
      why,
      'Give the issuer as your provider documents it, such as https://id.example.com.',
    );

  if (!/^https?:\/\/[^/]/i.test(value) || !URL.canParse(value)) {
    throw refuse(`is not an absolute URL: ${JSON.stringify(value)}`, 'An issuer is an https URL.');
  }
  if (/[?#]/.test(value)) {
    throw refuse(
      `has a query or a fragment: ${JSON.stringify(value)}`,
      'An issuer identifier has neither (RFC 8414, section 2).',
    );
  }
  const url = new URL(value);
  if (url.username !== '' || url.password !== '') {
    throw refuse(
      'contains a user name or a password',
      'An issuer is public; credentials do not belong in it.',
    );
  }
  if (!plain.test(value)) {
    throw refuse(
      `has a character that does not belong in an issuer: ${JSON.stringify(value)}`,
      'It is written into an environment file as it is.',
    );
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw refuse(
      `is not https: ${JSON.stringify(value)}`,
      'Keys fetched over http can be replaced on the way; only loopback addresses may use it.',
    );
  }
  const wellKnown = value.indexOf('/.well-known/');
  if (wellKnown !== -1) {
    throw invalid(
      '--issuer',
      `is the address of a metadata document: ${JSON.stringify(value)}`,
      'The server finds that document itself, from the issuer.',
      'Give the value of "issuer" in that document.',
    );
  }
  return value;
}

/**
 * Checks an audience: what the provider puts into `aud` for this server, a URL or any other name.
 *
 * @throws UsageError
 */
export function parseAudience(value: string): string {
  if (plain.test(value)) return value;
  throw invalid(
    '--audience',
    value === '' ? 'is empty' : `has a character that is not allowed: ${JSON.stringify(value)}`,
    'It is one value without spaces, quotes or control characters, and goes into an environment file as it is.',
    'Give the audience of your access tokens, such as https://mcp.example.com/mcp or api://my-server.',
  );
}

/**
 * Splits and checks a list of scopes, separated by spaces or commas (RFC 6749 §3.3).
 *
 * @returns each scope once, in the order given
 * @throws UsageError
 */
export function parseScopes(value: string): string[] {
  const scopes = [...new Set(value.split(/[ ,]+/).filter((scope) => scope !== ''))];
  const fix = 'Give scopes like this: --scopes mcp:read,mcp:write';
  if (scopes.length === 0) {
    throw invalid('--scopes', 'names no scope', 'A list needs at least one.', fix);
  }
  for (const scope of scopes) {
    // RFC 6749: 1*( %x21 / %x23-5B / %x5D-7E )
    if (!/^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope)) {
      throw invalid(
        '--scopes',
        `has a scope with a character that is not allowed: ${JSON.stringify(scope)}`,
        'Scopes are visible ASCII without double quotes and backslashes (RFC 6749, section 3.3).',
        fix,
      );
    }
    if (!plain.test(scope)) {
      throw invalid(
        '--scopes',
        `has a scope that cannot be written into an environment file: ${JSON.stringify(scope)}`,
        "Characters that quote, start a comment or are expanded there (' ` # $) would change its meaning.",
        fix,
      );
    }
  }
  return scopes;
}
