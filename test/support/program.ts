// Programs that tests need and npm cannot install.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Program {
  /** Undefined where it is not installed: then its tests are skipped. */
  path: string | undefined;
}

/**
 * Looks for a program on PATH, and says once what to do where there is none.
 * @param packageName Debian's
 * @throws in CI on Linux, where nothing may be skipped
 */
export function findProgram(file: string, packageName = file): Program {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const path = folders.map((folder) => join(folder, file)).find(isExecutable);
  if (path !== undefined) return { path };
  if (process.platform !== 'linux') {
    console.warn(`Some tests are skipped: they need ${file}, and are run on Linux.`);
    return { path };
  }
  const advice = `These tests need ${file}: install it with \`apt-get install ${packageName}\`.`;
  if (process.env.CI) throw new Error(advice);
  console.warn(advice);
  return { path };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
