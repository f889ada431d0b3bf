/** Turns recorded options into arguments of the command line, for the version that recorded them. */
import { commands } from '../grammar.js';
import type { OptionRow } from '../option.js';
import type { ProjectRecord } from '../record.js';

export function spellChoices(options: ProjectRecord['options']): string[] {
  return Object.entries<OptionRow>(commands.scaffold.options).flatMap(([key, { name }]) => {
    const value = options[key as keyof typeof options];
    if (value === undefined) return [];
    if (typeof value === 'boolean') return [value ? name : name.replace('--', '--no-')];
    if (typeof value === 'string') return [name, value];
    return Object.entries(value).flatMap(([variable, text]) => [name, `${variable}=${text}`]);
  });
}
