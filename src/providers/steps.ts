/** What to do at a provider depends on the mode. */
import type { AuthMode, Provider } from './types.js';

/** @returns the steps for a mode, in order: Markdown, with `{name}` and `{resource}` */
export function stepsFor({ steps }: Pick<Provider, 'steps'>, mode: AuthMode): string[] {
  return steps.flatMap((step) => {
    if (typeof step === 'string') return [step];
    return step.modes.includes(mode) ? [step.text] : [];
  });
}
