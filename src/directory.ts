/** Understands the directory argument: where the project goes and what it is called. */

import { basename, parse, resolve } from 'node:path';
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
 * @throws UsageError
 */
export function parseDirectory(
  directory: string,
  { cwd, home }: { cwd: string; home: string },
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

  const target = resolve(cwd, directory);
  const name = basename(target);
  if (target === parse(target).root || target === resolve(home)) {
    throw refuse({
      what: `${target} cannot become a project`,
      why:
        target === resolve(home)
          ? 'It is your home directory.'
          : 'It is the root of a file system.',
      fix: `Give a directory inside it: ${invocation} ${exampleName}`,
    });
  }

  const problem =
    typedSegments(directory).map(segmentProblem).find(Boolean) ?? segmentProblem(name);
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

/** The parts the user is responsible for: not the root, `.` or `..`. */
function typedSegments(directory: string): string[] {
  const { root } = parse(directory);
  const separator = process.platform === 'win32' ? /[\\/]/ : '/';
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
