// The recipe of a generated OAUTH.md, run as if it were pasted.
import { execa } from 'execa';
import fs from 'fs-extra';
import type { Project } from './project.js';

/** The commands of "Try it by hand", a text for each block; the first starts the server. */
export async function readRecipe({ directory }: Project): Promise<string[]> {
  const guide = await fs.readFile(`${directory}/OAUTH.md`, 'utf8');
  const recipe = guide.split('## Try it by hand')[1]?.split('\n## ')[0] ?? '';
  return [...recipe.matchAll(/```sh\n(.*?)```/gs)].map((block) => block[1] ?? '');
}

/**
 * Runs commands in one shell; the first that fails ends it.
 * @param url the endpoint of the server: its port takes the place of the guide's
 * @returns what each command printed
 */
export async function runRecipe(
  { directory }: Project,
  commands: string[],
  url: string,
  env: Record<string, string>,
): Promise<string[]> {
  const { port, origin: PUBLIC_URL } = new URL(url);
  const { stdout } = await execa('bash', ['-e', '-o', 'pipefail'], {
    cwd: directory,
    input: commands.join('\necho "-----"\n').replaceAll('localhost:3000', `localhost:${port}`),
    env: { PORT: port, PUBLIC_URL, OAUTH_AUDIENCE: url, ...env },
  });
  return stdout.split('-----\n');
}
