// Where settings come from: the real environment, and `.env` under it.
import { readFileSync, statSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { withoutEmpty } from './settings.js';

/**
 * The environment the settings come from: the variables of `file` (dotenv syntax), if it is there, under
 * those of the process. `PORT=` never hides what the file says.
 */
export function readEnvironment(
  file: string | null = '.env',
  environment: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  return { ...withoutEmpty(readFile(file)), ...withoutEmpty(environment) };
}

function readFile(file: string | null): NodeJS.Dict<string> {
  const isFile = file !== null && statSync(file, { throwIfNoEntry: false })?.isFile();
  return isFile ? parseEnv(readFileSync(file, 'utf8')) : {};
}
