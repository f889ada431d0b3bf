/** What to do at a provider, and what to expect of it, depends on the mode. */
import type { AuthMode, Passage, Provider } from './types.js';

/** @returns the texts for a mode, in order */
export function passagesFor(passages: readonly Passage[], mode: AuthMode): string[] {
  return passages.flatMap((passage) => {
    if (typeof passage === 'string') return [passage];
    return passage.modes.includes(mode) ? [passage.text] : [];
  });
}

/** @returns the errors that people can meet in a mode */
export function errorsFor({ errors }: Pick<Provider, 'errors'>, mode: AuthMode) {
  return errors.filter(({ modes }) => modes === undefined || modes.includes(mode));
}
