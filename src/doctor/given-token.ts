/** Reads the token that a person gives: from stdin or a file, never from the command line. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { DoctorFlags } from '../cli.js';
import { systemReason, UsageError } from '../errors.js';
import { invocation } from '../invocation.js';
import type { World } from '../main.js';
import { unwrapToken } from './token-form.js';

/** Nobody has a longer token, and headers do not take one. */
const longestToken = 64 * 1024;

/** @throws UsageError */
export async function readGivenToken(
  flags: DoctorFlags,
  world: World,
): Promise<string | undefined> {
  const { tokenStdin, tokenFile } = flags;
  if (!tokenStdin && tokenFile === undefined) return undefined;
  const option = tokenStdin ? '--token-stdin' : '--token-file';
  if (tokenStdin && world.stdin.isTTY) {
    world.stderr.write('Paste the token, then press Enter and Ctrl-D:\n');
  }
  const text =
    tokenFile === undefined ? await readStream(world) : await readTokenFile(tokenFile, world);
  const found = text.length > longestToken ? undefined : unwrapToken(text);
  if (found === undefined) {
    throw new UsageError('TOKEN_MISSING', {
      what: `${option} gave no token`,
      why: text.trim() === '' ? 'There was nothing.' : 'It is too long, or has no access_token.',
      fix: `For example: ${invocation} doctor ${flags.url ?? 'https://mcp.example.com/mcp'} --token-stdin < token.txt`,
      option,
    });
  }
  return found.token;
}

async function readStream({ stdin, signal }: World): Promise<string> {
  let text = '';
  signal.addEventListener('abort', () => stdin.destroy(), { once: true });
  stdin.setEncoding('utf8');
  for await (const chunk of stdin) {
    text += chunk;
    if (text.length > longestToken) break;
  }
  signal.throwIfAborted();
  return text;
}

async function readTokenFile(path: string, { cwd }: World): Promise<string> {
  try {
    return await readFile(resolve(cwd, path), 'utf8');
  } catch (error) {
    throw new UsageError('TOKEN_FILE', {
      what: `--token-file ${JSON.stringify(path)} cannot be read`,
      why: systemReason(error),
      fix: 'Check the path.',
      option: '--token-file',
    });
  }
}
