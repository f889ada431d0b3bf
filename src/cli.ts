/** Reads argv, and is the only one to do so. */

import { Command, CommanderError, Option } from 'commander';
import { invocation } from './command.js';
import { UsageError } from './errors.js';
import { authModes } from './providers/index.js';

/** What the user asked for, unchecked: an absent key was not given. */
export interface Flags {
  readonly directory?: string;
  readonly oauth?: boolean;
  readonly provider?: string;
  readonly authMode?: string;
  readonly issuer?: string;
  readonly audience?: string;
  readonly scopes?: string;
  readonly set?: readonly string[];
  readonly framework?: string;
  readonly packageManager?: string;
  readonly install: boolean;
  readonly git: boolean;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly overwrite: boolean;
}

/** What `doctor` is asked for, unchecked. */
export interface DoctorFlags {
  readonly url?: string;
  readonly register: boolean;
  readonly login: boolean;
  readonly clientId?: string;
  readonly redirectUri?: string;
  readonly tokenStdin: boolean;
  readonly tokenFile?: string;
  readonly allowPrivate: boolean;
  /** Seconds. */
  readonly timeout?: string;
}

/** What there is to do. */
export type Request =
  | { readonly kind: 'doctor'; readonly flags: DoctorFlags }
  | { readonly kind: 'scaffold'; readonly flags: Flags }
  | { readonly kind: 'providers'; readonly id?: string }
  | { readonly kind: 'print'; readonly text: string };

/**
 * Whether the answer, an error included, has to be JSON. Known before anything is parsed, because
 * a mistake in the arguments must be reported in the right form too.
 */
export function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end === -1 ? undefined : end).includes('--json');
}

/**
 * @param argv the arguments alone, without node and the script
 * @throws UsageError
 */
export function parseArguments(argv: readonly string[], version: string): Request {
  let request: Request | undefined;
  let printed = '';
  const seen = new Set<string>();

  const program = new Command('create-mcp-server')
    .description('Scaffold an MCP server that is ready for production.')
    .argument('[directory]', 'where to write; its base name is the package name')
    .addOption(new Option('--oauth', 'protect the HTTP endpoint (asked if not given, else off)'))
    .addOption(new Option('--no-oauth', 'leave the HTTP endpoint open'))
    .addOption(once('--provider <id>', 'identity provider preset; implies --oauth (default: oidc)'))
    .addOption(
      once(
        '--auth-mode <mode>',
        `where tokens come from and how they are checked: ${authModes.join(', ')}`,
      ),
    )
    .addOption(
      once('--issuer <url>', 'issuer of the provider; without it, one for development comes along'),
    )
    .addOption(once('--audience <value>', 'audience that access tokens must name'))
    .addOption(once('--scopes <list>', 'scopes that every request needs, separated by commas'))
    .addOption(
      new Option(
        '--set <name=value>',
        'a setting of the preset, such as domain; repeatable',
      ).argParser((value: string, previous: readonly string[] = []) => [
        ...previous,
        refuseOption('--set <name=value>', value),
      ]),
    )
    .addOption(
      once('--framework <name>', 'HTTP framework: hono, express or fastify (default: hono)'),
    )
    .addOption(
      once('--package-manager <name>', 'npm, pnpm, yarn or bun (default: the one that runs this)'),
    )
    .option('--no-install', 'do not install dependencies')
    .option('--no-git', 'do not create a repository with a first commit')
    .option('-y, --yes', 'take every default, ask nothing')
    .option('--dry-run', 'show what would be written, write nothing')
    .option('--json', 'print the result, the plan or the error as one JSON document')
    .option('--overwrite', 'write into a directory that is not empty, replacing files of the plan')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .enablePositionalOptions()
    .action((directory: string | undefined, options: Partial<Flags>) => {
      request = { kind: 'scaffold', flags: toFlags(directory, options) };
    });

  program
    .command('providers')
    .description('list the identity provider presets, or explain one')
    .argument('[id]', 'the preset to explain')
    .option('--json', 'print JSON')
    .action((id: string | undefined) => {
      refuseForeignOptions(program, 'providers');
      request = { kind: 'providers', ...(id === undefined ? {} : { id }) };
    });

  program
    .command('doctor')
    .description('say why the login of an MCP server does not work, and what to change')
    .argument(
      '[url]',
      'the address of the MCP server, as clients use it (default: what .env in this directory says)',
    )
    .option('--register', 'register test clients, compare scopes, and delete the clients again')
    .option('--login', 'log in with your browser, and try the token')
    .addOption(once('--client-id <id>', 'the client to log in with, if it was registered by hand'))
    .addOption(once('--redirect-uri <url>', 'the loopback address that was registered with it'))
    .option('--token-stdin', 'read a token from stdin and say what is wrong with it')
    .addOption(once('--token-file <path>', 'the same, from a file'))
    .option('--allow-private', 'fetch private addresses that public documents name')
    .addOption(once('--timeout <seconds>', 'how long one answer may take (default: 10)'))
    .option('--json', 'print the findings as one JSON document')
    .addHelpText(
      'after',
      '\nExit status: 0 healthy, 1 problems found, 2 wrong usage. The token is decoded on this machine,\nsent to the server under diagnosis only, and never shown.\n',
    )
    .action((url: string | undefined, options: Partial<DoctorFlags>) => {
      refuseForeignOptions(program, 'doctor');
      const { register, login, tokenStdin, allowPrivate } = options;
      request = {
        kind: 'doctor',
        flags: {
          ...options,
          ...(url === undefined ? {} : { url }),
          register: register ?? false,
          login: login ?? false,
          tokenStdin: tokenStdin ?? false,
          allowPrivate: allowPrivate ?? false,
        },
      };
    });

  for (const name of ['oauth', 'no-oauth']) {
    program.on(`option:${name}`, () => {
      seen.add(name);
    });
  }

  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => {
        printed += text;
      },
      // Errors are thrown, and reported by main.
      writeErr: () => {},
    });
  }

  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'print', text: printed };
    throw asUsageError(error);
  }
  if (seen.size === 2) {
    throw new UsageError('OPTION_CONFLICT', {
      what: '--oauth and --no-oauth contradict each other',
      why: 'One protects the endpoint, the other leaves it open.',
      fix: 'Leave one of them out.',
    });
  }
  // Commander either ran one of the actions or threw.
  return request as Request;
}

/** An option with a value that may be given once. */
function once(flags: string, description: string): Option {
  const name = flags.split(' ', 1)[0];
  return new Option(flags, description).argParser((value: string, previous: string | undefined) => {
    if (previous !== undefined) {
      throw new UsageError('OPTION_REPEATED', {
        what: `${name} was given twice`,
        why: `It takes one value; ${JSON.stringify(previous)} and ${JSON.stringify(value)} were given.`,
        fix: 'Leave one of them out.',
      });
    }
    return refuseOption(flags, value);
  });
}

/** @throws UsageError if what follows an option is not its value but another option */
function refuseOption(flags: string, value: string): string {
  if (!value.startsWith('-')) return value;
  throw new UsageError('OPTION_INVALID', {
    what: `${flags.split(' ', 1)[0]} has no value`,
    why: `It is followed by ${JSON.stringify(value)}, which looks like an option.`,
    fix: `Write the value after it: ${flags}`,
  });
}

function toFlags(directory: string | undefined, options: Partial<Flags>): Flags {
  return {
    ...options,
    ...(directory === undefined ? {} : { directory }),
    install: options.install ?? true,
    git: options.git ?? true,
    yes: options.yes ?? false,
    dryRun: options.dryRun ?? false,
    overwrite: options.overwrite ?? false,
  };
}

/** `create-mcp-server --oauth providers` is a mistake: nothing would come of the option. */
function refuseForeignOptions(program: Command, command: 'providers' | 'doctor'): void {
  const foreign = program.options.find(
    (option) =>
      option.long !== '--json' && program.getOptionValueSource(option.attributeName()) === 'cli',
  );
  if (foreign === undefined) return;
  throw new UsageError('OPTION_CONFLICT', {
    what: `"${command}" does not take ${foreign.long}`,
    why: command === 'providers' ? 'It only shows presets.' : 'It belongs to scaffolding.',
    fix: `Run: ${invocation} ${command}${command === 'doctor' ? ' --help' : ''}`,
  });
}

const reasons: Record<string, [code: string, why: string]> = {
  'commander.unknownOption': ['OPTION_UNKNOWN', 'There is no option with that name.'],
  'commander.optionMissingArgument': ['OPTION_INVALID', 'The option needs a value after it.'],
  'commander.excessArguments': ['ARGUMENTS_EXCESS', 'One directory is made at a time.'],
};

function asUsageError({ code, message }: CommanderError): UsageError {
  const [first = '', hint] = message.replace(/^error: /, '').split('\n');
  const [ownCode, usual] = reasons[code] ?? ['ARGUMENTS', 'The arguments do not fit the command.'];
  const why = first.includes("for 'doctor'") ? 'One server is looked at at a time.' : usual;
  const meant = hint === undefined ? '' : `${hint.replace(/^\((.*)\)$/, '$1')} `;
  return new UsageError(ownCode, {
    what: (first.charAt(0).toUpperCase() + first.slice(1)).replace(/\.$/, ''),
    why,
    fix: `${meant}Run: ${invocation} --help`,
  });
}
