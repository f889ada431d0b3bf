/** Checks what was typed after `doctor`. */
import type { DoctorFlags } from '../cli.js';
import { UsageError } from '../errors.js';
import { invocation } from '../invocation.js';
import { isLoopbackHost } from './addresses.js';

/** What a command that takes the address of a server says where there is none. */
interface Asking {
  readonly command: string;
  /** The arguments of a call that works. */
  readonly example: string;
  readonly why: string;
}

const doctor: Asking = {
  command: 'doctor',
  example: 'https://mcp.example.com/mcp',
  why: 'The doctor looks at one MCP server, and this is not the directory of one: it has neither .env nor create-mcp-server.json.',
};

/** @throws UsageError */
export function parseTarget(given: string | undefined, asking = doctor): string {
  const example = `Run: ${invocation} ${asking.command} ${asking.example}`;
  if (given === undefined) {
    throw new UsageError('URL_MISSING', {
      what: 'No address was given',
      why: asking.why,
      fix: example,
      option: 'url',
    });
  }
  const refuse = (what: string, why: string) =>
    new UsageError('URL_INVALID', { what, why, fix: example, option: 'url' });
  if (!/^https?:\/\/[^/]/i.test(given) || !URL.canParse(given)) {
    throw refuse(
      `${JSON.stringify(given)} is not the address of an MCP server`,
      'It is an http or https URL, written in full.',
    );
  }
  const url = new URL(given);
  if (url.username !== '' || url.password !== '') {
    throw refuse(
      'The address contains a user name or a password',
      'It is shown in the report, and MCP servers do not take them.',
    );
  }
  if (url.hash !== '') throw refuse('The address has a fragment (#…)', 'Servers never see it.');
  // As it was typed: letter for letter is what the diagnosis is about. The slash of a bare host is not.
  return given;
}

/** @returns milliseconds */
export function parseTimeout(given: string | undefined): number {
  const seconds = given === undefined ? 10 : Number(given);
  if (Number.isFinite(seconds) && seconds > 0 && seconds <= 300) return seconds * 1000;
  throw new UsageError('OPTION_INVALID', {
    what: `--timeout ${JSON.stringify(given)} is not a number of seconds`,
    why: 'It says how long one answer may take: more than 0, at most 300.',
    fix: 'Write for example: --timeout 30',
    option: '--timeout',
  });
}

/** @throws UsageError */
export function parseRedirect(given: string): URL {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol === 'http:' && isLoopbackHost(url.hostname) && url.port !== '') return url;
  throw new UsageError('OPTION_INVALID', {
    what: `--redirect-uri ${JSON.stringify(given)} is not an address on this machine`,
    why: 'The login ends there, so this command has to listen on it.',
    fix: 'Write for example: --redirect-uri http://127.0.0.1:8976/callback',
    option: '--redirect-uri',
  });
}

/** @throws UsageError for options that do not go together */
export function refuseContradictions({
  login,
  clientId,
  redirectUri,
  tokenStdin,
  tokenFile,
}: DoctorFlags) {
  const refuse = (option: string, what: string, why: string, fix: string) => {
    throw new UsageError('OPTION_CONFLICT', { what, why, fix, option });
  };
  const token = tokenStdin || tokenFile !== undefined;
  if (tokenStdin && tokenFile !== undefined) {
    refuse(
      '--token-file',
      '--token-stdin and --token-file contradict each other',
      'One token is looked at.',
      'Leave one of them out.',
    );
  }
  if (login && token) {
    refuse(
      '--login',
      '--login and a given token contradict each other',
      'The login brings a token of its own.',
      'Leave one of them out.',
    );
  }
  for (const [name, value] of [
    ['--client-id', clientId],
    ['--redirect-uri', redirectUri],
  ] as const) {
    if (value !== undefined && !login) {
      refuse(
        name,
        `${name} needs --login`,
        'It belongs to the client that logs in.',
        'Add --login.',
      );
    }
  }
}
