/** What has to change in `.env`. It holds secrets, and git does not: nobody but its owner writes to it. */
import { parseEnv } from 'node:util';

export interface SettingsChange {
  /** Lines for `.env`, each in the place of the one that sets the same variable, if there is one. */
  readonly set: readonly string[];
  /** Variables that nothing reads any more. */
  readonly unused: readonly string[];
}

/**
 * @param own `.env`
 * @param before `.env.example` as it was generated; undefined if that is not known
 * @param now the same as it is generated now
 */
export function compareSettings(
  own: string,
  before: string | undefined,
  now: string,
): SettingsChange {
  const mine = parseEnv(own);
  const was = before === undefined ? undefined : parseEnv(before);
  const wanted = Object.entries(parseEnv(now));
  const lineOf = (name: string) => new RegExp(`^${name}=.*$`, 'm').exec(now);
  const set = wanted.filter(([name, value]) => {
    // What is generated as before is the owner's to change, and to leave out.
    if (was?.[name] === value) return false;
    if (mine[name] === undefined) return true;
    return was !== undefined && mine[name] !== value && value !== '';
  });
  const names = new Set(wanted.map(([name]) => name));
  return {
    set: set
      .flatMap(([name]) => lineOf(name) ?? [])
      .sort((left, right) => now.indexOf(`\n${left}`) - now.indexOf(`\n${right}`)),
    unused: Object.keys(was ?? {}).filter((name) => !names.has(name) && mine[name] !== undefined),
  };
}
