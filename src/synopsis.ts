/** Spells a command with all there is to choose, on one line. */
import type { Flags } from './cli.js';
import { quote } from './command.js';
import { type CommandName, commands } from './grammar.js';
import { invocation } from './invocation.js';
import type { CommandRow, OptionRow } from './option.js';
import type { Surroundings } from './options.js';
import { detectPackageManager } from './package-manager.js';

/**
 * For those who are not asked: one line.
 *
 * @param reason why not, as a clause
 */
export function explainSynopsis(
  reason: string,
  { directory }: Pick<Flags, 'directory'>,
  { userAgent }: Pick<Surroundings, 'userAgent'>,
): string {
  const packageManager = detectPackageManager(userAgent)?.id;
  const synopsis = spellSynopsis(commands.scaffold, {
    ...(directory !== undefined && { argument: quote(directory) }),
    ...(packageManager !== undefined && { first: { packageManager } }),
  });
  return `Nothing is asked: ${reason}. All there is to choose, defaults first (--auth-mode: what the preset has): ${synopsis}\n`;
}

/** The synopsis of the command that was meant, whatever is wrong with its options. */
export function synopsisOf(argv: readonly string[]): string {
  const command = argv.find((each) => each !== 'scaffold' && Object.hasOwn(commands, each));
  if (command === undefined) return spellSynopsis(commands.scaffold);
  return spellSynopsis(commands[command as CommandName], { command });
}

/**
 * @param command its name, unless it scaffolds
 * @param argument in place of its name
 * @param first choices that are the default here, by key
 */
export function spellSynopsis(
  row: CommandRow,
  {
    command = '',
    argument = spellArguments(row),
    first = {} as Readonly<Record<string, string>>,
  } = {},
): string {
  return [
    invocation,
    ...[command, argument].filter((word) => word !== ''),
    ...Object.entries(row.options).map(([key, row]) => spellChoices(row, first[key])),
  ].join(' ');
}

/** The second one is not for everything that the first can be. */
function spellArguments({ argument, subject }: CommandRow): string {
  if (argument === undefined) return '';
  return subject === undefined ? `<${argument.name}>` : `<${argument.name}> [<${subject.name}>]`;
}

/** In square brackets, as usual for what may be left out. */
function spellChoices({ name, value, repeatable, opposite, choices }: OptionRow, first?: string) {
  if (opposite !== undefined) return `[${name.replace('--', '--no-')}|${name}]`;
  if (value === undefined) return `[${name}]`;
  const all = choices?.filter((choice) => choice !== first) ?? [`<${value}>`];
  const values = first === undefined ? all : [first, ...all];
  return `[${name} ${values.join('|')}]${repeatable ? '...' : ''}`;
}
