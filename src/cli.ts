/** Reads argv, and is the only one to do so. */

import { Command, CommanderError, Option } from 'commander';
import { UsageError } from './errors.js';
import { type CommandName, commands } from './grammar.js';
import { invocation } from './invocation.js';
import {
  type CommandRow,
  explainOption,
  type FlagsOf,
  type OptionRow,
  spellOption,
} from './option.js';

/** What the user asked for, unchecked: an absent key was not given. */
export type Flags = FlagsOf<typeof commands.scaffold>;

/** What `doctor` is asked for, unchecked. */
export type DoctorFlags = FlagsOf<typeof commands.doctor>;

/** What `add` is asked for, unchecked. */
export type AddFlags = FlagsOf<typeof commands.add>;

/** What `upgrade` is asked for, unchecked. */
export type UpgradeFlags = FlagsOf<typeof commands.upgrade>;

/** What `conformance` is asked for, unchecked. */
export type ConformanceFlags = FlagsOf<typeof commands.conformance>;

/** What there is to do. */
export type Request =
  | {
      [Name in CommandName]: {
        readonly kind: Name;
        readonly flags: FlagsOf<(typeof commands)[Name]>;
      };
    }[CommandName]
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
  const { own, rest } = cutRest(argv);

  const program = new Command('create-mcp-server')
    .helpOption('-h, --help', 'print this help')
    .enablePositionalOptions();
  for (const [kind, row] of Object.entries<CommandRow>(commands)) {
    const root = kind === 'scaffold';
    const command = root ? program : program.command(kind);
    declare(command, row);
    command.action((...given: unknown[]) => {
      if (!root) refuseForeignOptions(program, kind, row);
      request = { kind, flags: toFlags(row, given, command.opts(), rest) } as Request;
    });
    command.exitOverride().configureOutput({
      writeOut: (text) => {
        printed += text;
      },
      // Errors are thrown, and reported by main.
      writeErr: () => {},
    });
  }
  program.version(version, '-V, --version', 'print the version');
  try {
    program.parse(own, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'print', text: printed };
    throw asUsageError(error);
  }
  // Commander either ran one of the actions or threw.
  return request as Request;
}

/** What follows `--` belongs to somebody else, where the command takes that; commander never sees it. */
function cutRest(argv: readonly string[]): { own: readonly string[]; rest?: readonly string[] } {
  const end = argv.indexOf('--');
  const takesIt = (word: string) =>
    (commands as Readonly<Record<string, CommandRow>>)[word]?.rest !== undefined;
  if (end === -1 || !argv.slice(0, end).some(takesIt)) return { own: argv };
  return { own: argv.slice(0, end), rest: argv.slice(end + 1) };
}

function declare(command: Command, row: CommandRow): void {
  const { summary, rest, options, remark } = row;
  command.description(command.parent === null ? `${summary}.` : summary);
  for (const { name, help } of argumentsOf(row)) command.argument(`[${name}]`, help);
  if (rest !== undefined) {
    const names = argumentsOf(row).map(({ name }) => `[${name}]`);
    command.usage([...names, '[options]', `[-- ${rest.name}...]`].join(' '));
    command.addHelpText('after', `\n-- ${rest.name}...  ${rest.help}`);
  }
  for (const each of Object.values(options)) {
    const option = new Option(spellOption(each), explainOption(each));
    command.addOption(each.value === undefined ? option : option.argParser(readValue(each)));
    if (each.opposite !== undefined) declareOpposite(command, each.name, each.opposite);
  }
  if (remark !== undefined) command.addHelpText('after', `\n${remark}\n`);
}

/** Adds `--no-…` beside a switch; giving both is refused. */
function declareOpposite(command: Command, name: string, help: string): void {
  const opposite = name.replace('--', '--no-');
  command.addOption(new Option(opposite, help));
  const seen = new Set<string>();
  for (const each of [name, opposite]) {
    command.on(`option:${each.slice('--'.length)}`, () => {
      seen.add(each);
      if (seen.size < 2) return;
      throw new UsageError('OPTION_CONFLICT', {
        what: `${name} and ${opposite} contradict each other`,
        why: 'One is the opposite of the other.',
        fix: 'Leave one of them out.',
        option: name,
      });
    });
  }
}

/** Takes the value of an option; a second one only where it may be repeated. */
function readValue(row: OptionRow) {
  return (value: string, previous?: string | readonly string[]): string | readonly string[] => {
    if (previous !== undefined && !row.repeatable) {
      throw new UsageError('OPTION_REPEATED', {
        what: `${row.name} was given twice`,
        why: `It takes one value; ${JSON.stringify(previous)} and ${JSON.stringify(value)} were given.`,
        fix: 'Leave one of them out.',
        option: row.name,
      });
    }
    if (value.startsWith('-')) {
      throw new UsageError('OPTION_INVALID', {
        what: `${row.name} has no value`,
        why: `It is followed by ${JSON.stringify(value)}, which looks like an option.`,
        fix: `Write the value after it: ${spellOption(row)}`,
        option: row.name,
      });
    }
    return row.repeatable ? [...(previous ?? []), value] : value;
  };
}

function argumentsOf({ argument, subject }: CommandRow) {
  return [argument, subject].filter((each) => each !== undefined);
}

/** Every switch has a value, unless it has an opposite. */
function toFlags(
  row: CommandRow,
  words: readonly unknown[],
  given: Record<string, unknown>,
  rest: readonly string[] | undefined,
): object {
  const flags: Record<string, unknown> = {};
  for (const [index, { name }] of argumentsOf(row).entries()) {
    if (words[index] !== undefined) flags[name] = words[index];
  }
  if (row.rest !== undefined && rest !== undefined) flags[row.rest.name] = rest;
  for (const [key, { value, opposite }] of Object.entries(row.options)) {
    if (key === 'json') continue;
    if (given[key] !== undefined) flags[key] = given[key];
    else if (value === undefined && opposite === undefined) flags[key] = false;
  }
  return flags;
}

/** `create-mcp-server --oauth providers` is a mistake: nothing would come of the option. */
function refuseForeignOptions(program: Command, name: string, { foreign = '' }: CommandRow): void {
  const found = program.options.find(
    (option) =>
      option.long !== '--json' && program.getOptionValueSource(option.attributeName()) === 'cli',
  );
  if (found === undefined) return;
  throw new UsageError('OPTION_CONFLICT', {
    what: `"${name}" does not take ${found.long}`,
    why: foreign,
    fix: `Run: ${invocation} ${name} --help`,
    option: found.long ?? found.flags,
  });
}

const reasons: Record<string, [code: string, why: string]> = {
  'commander.unknownOption': ['OPTION_UNKNOWN', 'There is no option with that name.'],
  'commander.optionMissingArgument': ['OPTION_INVALID', 'The option needs a value after it.'],
};

function asUsageError({ code, message }: CommanderError): UsageError {
  // What follows "=" may be a secret: it is for nobody's screen or log.
  const [first = '', hint] = message
    .replace(/^error: /, '')
    .replace(/'(-[^'=<]*)=.*'/s, "'$1'")
    .split('\n');
  const [ownCode, why] =
    code === 'commander.excessArguments'
      ? ['ARGUMENTS_EXCESS', whySingle(first)]
      : (reasons[code] ?? ['ARGUMENTS', 'The arguments do not fit the command.']);
  const meant = hint === undefined ? '' : `${hint.replace(/^\((.*)\)$/, '$1')} `;
  return new UsageError(ownCode, {
    what: (first.charAt(0).toUpperCase() + first.slice(1)).replace(/\.$/, ''),
    why,
    fix: `${meant}Run: ${invocation} --help`,
    // Commander names it in quotes, with what it takes.
    option: /^[^']*'(-[^ ']+)/.exec(first)?.[1],
    choices: hint?.match(/--[\w-]+/g) ?? undefined,
    command: `${invocation} --help`,
  });
}

/** @param message which names the command, unless it is the one without a name */
function whySingle(message: string): string {
  const [, name = 'scaffold'] = /for '([\w-]+)'/.exec(message) ?? [];
  return (commands as Readonly<Record<string, CommandRow>>)[name]?.single ?? '';
}
