/** When `add` and `upgrade` leave a project alone, and what they say then. */
import { quote } from '../command.js';
import { RunError, UsageError } from '../errors.js';
import { invocation } from '../invocation.js';
import type { World } from '../main.js';
import { type ProjectRecord, recordFile } from '../record.js';
import { type Git, inspectWorkTree } from './git.js';
import { describeConflict } from './report.js';
import { type Resolution, resolutions, type Update } from './update.js';

/** What `--conflicts` says. */
export function parseResolution(given: string | undefined): Resolution | undefined {
  if (given === undefined) return undefined;
  const found = resolutions.find((resolution) => resolution === given);
  if (found !== undefined) return found;
  throw new UsageError('OPTION_INVALID', {
    what: `--conflicts does not know ${JSON.stringify(given)}`,
    why: `It takes ${resolutions.join(' or ')}.`,
    fix: 'Use one of them.',
    option: '--conflicts',
    choices: resolutions,
  });
}

/** What is there before has to be told from what is done, and taken back if somebody wants to. */
export async function requireCleanWorkTree(git: Git, { cwd }: World): Promise<void> {
  const state = await inspectWorkTree(git, recordFile);
  if (state === 'clean') return;
  if (state === 'dirty') {
    throw new RunError('WORK_TREE_DIRTY', {
      what: 'The project has changes that are not committed',
      why: 'What this command does could not be told from them, nor be taken back with git.',
      fix: 'Commit or stash them first, or add --allow-dirty.',
    });
  }
  throw new RunError('WORK_TREE_MISSING', {
    what: `Git does not know ${cwd}`,
    why: 'What this command does could not be looked at, nor be taken back.',
    fix: 'Make it a repository: git init && git add --all && git commit -m "Before" – or add --allow-dirty.',
  });
}

/** Nothing is written before somebody has decided. */
export function refuseConflicts({ conflicts }: Update): void {
  if (conflicts.length === 0) return;
  const files = conflicts.length === 1 ? 'A file needs' : `${conflicts.length} files need`;
  throw new RunError('CONFLICTS', {
    what: `${files} a decision, so nothing was written`,
    why: `${conflicts.map(describeConflict).join('.\n  ')}.`,
    fix: 'Look at the whole with --dry-run. Then add --conflicts mark, for both versions with marks in these files, or --conflicts keep, which leaves them as they are and puts the new version of each beside it, as FILE.new.',
  });
}

/** Why the files of this project cannot be made again by this version. */
export function outdated({ version }: ProjectRecord, world: World): RunError {
  const same = version === world.version;
  const again = world.argv.map(quote).join(' ');
  return new RunError('PROJECT_OUTDATED', {
    what: same
      ? `The project was made by another build of create-mcp-server ${version}`
      : `The project is of create-mcp-server ${version}, and this is ${world.version}`,
    why: 'They generate different files, and a project of both at once would not fit together.',
    fix: `Upgrade it first: ${invocation} upgrade${same ? '' : `. Or use its own version: ${invocation}@${version} ${again}`}`,
  });
}
