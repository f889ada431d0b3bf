/** Opens a page in the person's browser. */
import { spawn } from 'node:child_process';

type Command = readonly [string, ...string[]];

/** The program that opens an address; never a shell, which would read meaning into the address. */
const openers: Partial<Record<NodeJS.Platform, Command>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/**
 * @param env BROWSER names another program, which gets the address as its only argument
 * @returns nothing for what is no page, or pretends to be on another host than it is
 */
export function browserCommand(
  url: string,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): Command | undefined {
  const { protocol, href, username, password } = new URL(url);
  if (!/^https?:$/.test(protocol) || username !== '' || password !== '') return undefined;
  const [program, ...before] = env.BROWSER
    ? ([env.BROWSER] as const)
    : (openers[platform] ?? (['xdg-open'] as const));
  return [program, ...before, href];
}

/** Tries to; whether it worked cannot be known, so print the address as well. */
export function openBrowser(url: string, env: NodeJS.ProcessEnv): void {
  const command = browserCommand(url, env);
  if (command === undefined) return;
  const [program, ...given] = command;
  const child = spawn(program, given, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
