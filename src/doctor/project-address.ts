/** The address of the server whose project this is: what its settings make of it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { recordFile } from '../record.js';

/**
 * Reads PUBLIC_URL and PORT as generated servers do: the environment wins over `.env`, and an empty
 * value counts as unset. Not every project has a `.env`: those that are open, and fresh clones.
 *
 * @returns undefined where there is no such project
 */
export function readProjectAddress(cwd: string, env: NodeJS.ProcessEnv): string | undefined {
  const file = readSettings(join(cwd, '.env'));
  if (file === undefined && !existsSync(join(cwd, recordFile))) return undefined;
  const setting = (name: string) => env[name] || file?.[name];
  const publicUrl = setting('PUBLIC_URL') || `http://localhost:${setting('PORT') || 3000}`;
  return `${publicUrl.replace(/\/$/, '')}/mcp`;
}

function readSettings(path: string): NodeJS.Dict<string> | undefined {
  try {
    return parseEnv(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
