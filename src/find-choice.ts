/** Looks a value of the command line up in a list. */
import { UsageError } from './errors.js';

/**
 * @returns undefined if nothing was given
 * @throws UsageError if there is none of that name
 */
export function findChoice<Choice extends { readonly id: string }>(
  id: string | undefined,
  all: readonly Choice[],
  what: string,
  option: string,
): Choice | undefined {
  if (id === undefined) return undefined;
  const found = all.find((candidate) => candidate.id === id);
  if (found !== undefined) return found;
  const choices = all.map((candidate) => candidate.id);
  throw new UsageError('OPTION_INVALID', {
    what: `There is no ${what} ${JSON.stringify(id)}`,
    why: `This version knows ${choices.join(', ')}.`,
    fix: 'Use one of them.',
    option,
    choices,
  });
}
