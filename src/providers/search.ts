/** Finds presets by what somebody types. */
import { closest } from '../closest.js';
import { providers } from './index.js';
import type { Provider } from './types.js';

/**
 * @returns the presets that are called so; if none is, those that are described so; if none is,
 *   those that are called nearly so
 */
export function searchProviders(typed: string): readonly Provider[] {
  const wanted = typed.trim().toLowerCase();
  const ways: readonly ((provider: Provider) => boolean)[] = [
    (provider) => namesOf(provider).some((name) => name.includes(wanted)),
    ({ summary }) => summary.toLowerCase().includes(wanted),
    (provider) => closest(wanted, namesOf(provider)).length > 0,
  ];
  return ways.map((fits) => providers.filter(fits)).find(({ length }) => length > 0) ?? [];
}

function namesOf({ id, aliases, title }: Provider): string[] {
  return [id, ...aliases, title.toLowerCase()];
}
