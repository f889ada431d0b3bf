/**
 * Which names may be used on disk and in the registry. A project is made on one machine and cloned
 * on others, so the rules of every file system hold everywhere.
 */

import validatePackageName from 'validate-npm-package-name';
import { exampleName } from './defaults.js';

// https://learn.microsoft.com/windows/win32/fileio/naming-a-file: with or without an extension.
const windowsDevice = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

/**
 * Says why one path segment would be trouble on some file system.
 *
 * @returns a clause such as `"nul" is a reserved name on Windows`, or undefined if all is well
 */
export function segmentProblem(segment: string): string | undefined {
  if (segment === '') return 'it has an empty part';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(segment)) {
    return `${JSON.stringify(segment)} contains a control character`;
  }
  if (segment.startsWith('-'))
    return `"${segment}" starts with "-", which commands take for an option`;
  if (/[. ]$/.test(segment)) return `"${segment}" ends with a dot or a space, which Windows drops`;
  if (/[<>:"|?*\\]/.test(segment)) return `"${segment}" contains a character that Windows refuses`;
  if (windowsDevice.test(segment)) return `"${segment}" is a reserved name on Windows`;
  return undefined;
}

/**
 * Says why a path inside a plan must not be written.
 *
 * @param path relative, with forward slashes
 * @returns a clause, or undefined if the path stays inside the project on every platform
 */
export function planPathProblem(path: string): string | undefined {
  if (path.startsWith('/')) return 'it is absolute';
  if (path.includes('\\')) return 'it contains a backslash';
  if (/^[a-z]:/i.test(path)) return 'it names a drive';
  for (const segment of path.split('/')) {
    if (segment === '..' || segment === '.') return `it contains "${segment}"`;
    const problem = segmentProblem(segment);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/**
 * Says why npm would refuse a package with this name.
 *
 * @returns a clause, or undefined if the name is fine
 */
export function packageNameProblem(name: string): string | undefined {
  const { validForNewPackages, errors, warnings } = validatePackageName(name);
  if (validForNewPackages) return undefined;
  return (errors ?? warnings ?? ['name is not allowed'])[0];
}

/** The nearest name to `name` that is accepted everywhere; `my-mcp-server` if nothing is left of it. */
export function suggestName(name: string): string {
  const candidate = name
    .normalize('NFKD')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+|[._-]+$/g, '')
    .slice(0, 214);
  for (const suggestion of [candidate, `${candidate}-mcp`]) {
    if (suggestion !== '' && packageNameProblem(suggestion) === undefined) {
      if (segmentProblem(suggestion) === undefined) return suggestion;
    }
  }
  return exampleName;
}
