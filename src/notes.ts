/** What a user should know about a run that went well. */
import type { GitResult } from './git.js';
import type { Options } from './options.js';

export interface Occurrences {
  readonly options: Pick<Options, 'install' | 'packageManager'>;
  /** Files that were there before and stay. */
  readonly kept: readonly string[];
  /** Directories that were needed for writing and are still there. */
  readonly leftovers: readonly string[];
  readonly git: GitResult | undefined;
}

/** @returns sentences */
export function collectNotes({ options, kept, leftovers, git }: Occurrences): string[] {
  const { install, packageManager } = options;
  return [
    ...noteKept(kept),
    ...leftovers.map((path) => `${path} could not be removed: delete it yourself.`),
    ...(install
      ? []
      : [`Commit ${packageManager.lockfile} after the first install: CI and Docker need it.`]),
    ...(git?.note === undefined ? [] : [git.note]),
  ];
}

/** The notes that a run has which writes nothing. */
export function noteKept(kept: readonly string[]): string[] {
  return kept.map((path) => `${path} is kept as it is: ${path}.example has the new settings.`);
}
