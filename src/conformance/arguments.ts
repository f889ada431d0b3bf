/** Checks what was typed after `conformance`. */
import type { ConformanceFlags } from '../cli.js';
import { parseTarget, parseTimeout } from '../doctor/arguments.js';
import { UsageError } from '../errors.js';
import { parseVariables } from './environment.js';
import type { TokenFormat } from './token.js';

export interface Arguments {
  readonly url: string;
  readonly audience: string;
  readonly format: TokenFormat;
  readonly scopes: readonly string[] | undefined;
  /** 0 for any. */
  readonly port: number;
  readonly variables: Readonly<Record<string, string>>;
  /** Empty: the server is started by somebody else. */
  readonly command: readonly string[];
  /** In milliseconds. */
  readonly timeout: number;
  readonly junit: string | undefined;
}

/** Where the provider is if nothing else was said, and somebody else has to know it. */
const usualPort = 4444;
const formats: readonly TokenFormat[] = ['jwt', 'opaque'];

/** @throws UsageError */
export function parseConformance(flags: ConformanceFlags): Arguments {
  const { command = [], tokens, junit } = flags;
  const url = parseTarget(flags.url, {
    command: 'conformance',
    example: 'http://localhost:3000/mcp -- node server.js',
    why: 'One MCP server is tested, at the address that clients use.',
  });
  const format = tokens === undefined ? 'jwt' : formats.find((each) => each === tokens);
  if (format === undefined) {
    throw new UsageError('OPTION_INVALID', {
      what: `There are no tokens ${JSON.stringify(tokens)}`,
      why: `This version knows ${formats.join(' and ')}.`,
      fix: 'Use one of them.',
      option: '--tokens',
      choices: formats,
    });
  }
  const variables = parseVariables(flags.env ?? []);
  if (flags.env !== undefined && command.length === 0) {
    throw new UsageError('OPTION_CONFLICT', {
      what: '--env needs a command',
      why: 'It is for the environment of the server, which is started by somebody else here.',
      fix: 'Add the command that starts the server, after --.',
      option: '--env',
    });
  }
  return {
    url,
    audience: flags.audience ?? url,
    format,
    scopes: flags.scopes?.split(/[\s,]+/).filter(Boolean),
    port: parsePort(flags.issuerPort) ?? (command.length > 0 ? 0 : usualPort),
    variables,
    command,
    timeout: parseTimeout(flags.timeout),
    junit,
  };
}

function parsePort(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const port = /^\d{1,5}$/.test(given) ? Number(given) : 0;
  if (port >= 1 && port <= 65535) return port;
  throw new UsageError('OPTION_INVALID', {
    what: `--issuer-port ${JSON.stringify(given)} is not a port`,
    why: 'The provider listens there: from 1 to 65535.',
    fix: `Write for example: --issuer-port ${usualPort}`,
    option: '--issuer-port',
  });
}
