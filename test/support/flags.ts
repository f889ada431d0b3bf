/** What the command line says, for tests. */
import type { Flags } from '../../src/cli.js';

/** Flags of a run that names a directory and nothing else, changed. */
export function given(flags: Partial<Flags> = {}): Flags {
  return {
    directory: 'my-app',
    install: true,
    git: true,
    yes: false,
    dryRun: false,
    overwrite: false,
    ...flags,
  };
}
