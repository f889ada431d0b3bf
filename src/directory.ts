/** Understands the directory argument: where the project goes and what it is called. */

import nodePath, { type PlatformPath } from 'node:path';
import { exampleName } from './defaults.js';
import { type Explanation, UsageError } from './errors.js';
import { invocation } from './invocation.js';
import { packageNameProblem, segmentProblem, suggestName } from './names.js';

/** Where a project goes. */
export interface Location {
  /** As the user typed it. */
  readonly directory: string;
  /** The same, absolute. */
  readonly target: string;
  /** The directory's base name, which is the package's name as well. */
  readonly name: string;
}

/**
 * Checks a directory by its name alone; what is on the disk is another matter.
 *
 * @param directory relative to `cwd`, or absolute
 * @param path of the system that it is for
 * @throws UsageError
 */
export function parseDirectory(
  directory: string,
  { cwd, home }: { cwd: string; home: string },
  path: PlatformPath = nodePath,
): Location {
  const refuse = (explanation: Explanation) =>
    new UsageError('DIRECTORY_REFUSED', { ...explanation, option: 'directory' });

  if (directory.trim() === '') {
    throw refuse({
      what: 'The directory is empty',
      why: 'The project needs a place, and a name.',
      fix: `Run: ${invocation} ${exampleName}`,
    });
  }

  const unclear = unclearBeginning(directory, home, path);
  if (unclear !== undefined) throw refuse(unclear);

  const target = path.resolve(cwd, directory);
  const name = path.basename(target);
  // Not by comparison: on Windows capital letters make no difference.
  const isHome = path.relative(home, target) === '';
  if (target === path.parse(target).root || isHome) {
    throw refuse({
      what: `${target} cannot become a project`,
      why: isHome ? 'It is your home directory.' : 'It is the root of a file system.',
      fix: `Give a directory inside it: ${invocation} ${exampleName}`,
    });
  }

  const problem =
    typedSegments(directory, path).map(segmentProblem).find(Boolean) ?? segmentProblem(name);
  if (problem !== undefined) {
    throw refuse({
      what: `The directory ${JSON.stringify(directory)} cannot be used`,
      why: `${capitalize(problem)}.`,
      fix: suggestion(name),
    });
  }

  const refusal = packageNameProblem(name);
  if (refusal !== undefined) {
    throw new UsageError('NAME_REFUSED', {
      what: `${JSON.stringify(name)} cannot be the name of an npm package`,
      why: `${capitalize(refusal)}.`,
      fix: suggestion(name),
      option: 'directory',
      choices: [suggestName(name)],
    });
  }
  return { directory, target, name };
}

/** What begins in a way whose meaning depends on something that nobody sees. */
function unclearBeginning(
  directory: string,
  home: string,
  path: PlatformPath,
): Explanation | undefined {
  const what = `The directory ${JSON.stringify(directory)} cannot be used`;
  const [, user, rest = ''] = /^~([^\\/]*)(?:[\\/]+(.*))?$/s.exec(directory) ?? [];
  if (user !== undefined) {
    return {
      what,
      why: 'A shell makes a home directory of "~", unless it stands in quotes; nothing else does.',
      fix: user === '' ? `Write it in full: ${path.join(home, rest)}` : 'Write it in full.',
    };
  }
  // Of each drive, Windows remembers where it was last: C:my-app is below that.
  if (path.sep !== '\\' || !/^[a-z]:(?![\\/])/i.test(directory)) return undefined;
  return {
    what,
    why: 'It names a drive, and not where on it.',
    fix: `Write it in full, such as ${directory.slice(0, 2)}\\${directory.slice(2) || exampleName}.`,
  };
}

/** The parts the user is responsible for: not the root, `.` or `..`. */
function typedSegments(directory: string, path: PlatformPath): string[] {
  const { root } = path.parse(directory);
  const separator = path.sep === '\\' ? /[\\/]/ : '/';
  return directory
    .slice(root.length)
    .split(separator)
    .filter((segment) => segment !== '' && segment !== '.' && segment !== '..');
}

function suggestion(name: string): string {
  return `Use another name, such as ${suggestName(name)}.`;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
