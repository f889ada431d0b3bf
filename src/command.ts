/** Spells out the command that makes a project again. */
import { type Choices, choicesOf, oauthChoicesOf } from './choices.js';
import type { Flags } from './cli.js';
import { commands } from './grammar.js';
import { invocation } from './invocation.js';
import type { OAuthOptions } from './oauth-options.js';
import type { OptionRow } from './option.js';
import type { Options } from './options.js';
import { defaultProvider } from './providers/index.js';

/** Quotes one argument for a POSIX shell, if it needs it. */
export function quote(argument: string): string {
  if (/^[\w@%+=:,./-]+$/.test(argument)) return argument;
  return `'${argument.replaceAll("'", "'\\''")}'`;
}

/** Quotes one argument for the shell that people are likely to have. */
export function quoteHere(argument: string, platform: NodeJS.Platform = process.platform): string {
  if (platform !== 'win32') return quote(argument);
  // Double quotes mean the same in cmd.exe and in PowerShell, and paths have none.
  return /^[\w+=:,./\\-]+$/.test(argument) ? argument : `"${argument}"`;
}

/**
 * The command whose answer is the same files: every option that shapes them and is not the default.
 *
 * @param directory where to write: the project's name, or what the user typed
 */
export function spellCommand(options: Options, directory: string): string {
  const spelled = spellChoices(choicesOf(options), options.oauth);
  return [invocation, quote(directory), ...spelled].join(' ');
}

/** The part of that command that is about OAuth. */
export function spellOAuth(oauth: OAuthOptions): string {
  return spellChoices({ oauth: true, ...oauthChoicesOf(oauth) }, oauth).join(' ');
}

/** What was typed, but for some options: by key. */
export function spellFlags(flags: Flags, without: readonly string[]): string[] {
  return Object.entries<OptionRow>(commands.scaffold.options).flatMap(([key, row]) => {
    const given = key === 'json' ? undefined : flags[key as keyof Flags];
    return given === undefined || without.includes(key) ? [] : spellOption(row, given);
  });
}

/** In the order of the table, quoted; without what is the default. */
function spellChoices(
  choices: { readonly [Key in keyof Choices]?: Choices[Key] | undefined },
  oauth: OAuthOptions | undefined,
): string[] {
  const rows = Object.entries<OptionRow>(commands.scaffold.options);
  const usual = { authMode: oauth?.provider.mode, oauth: choices.provider !== defaultProvider.id };
  return rows.flatMap(([key, row]) => {
    const choice = choices[key as keyof Choices];
    const known = { [key]: row.usual, ...usual }[key];
    return choice === undefined || choice === known ? [] : spellOption(row, choice);
  });
}

function spellOption({ name }: OptionRow, choice: boolean | string | readonly string[]): string[] {
  if (typeof choice === 'boolean') return choice === name.startsWith('--no-') ? [] : [name];
  const values = typeof choice === 'string' ? [choice] : choice;
  return values.flatMap((value) => [name, quote(value)]);
}
