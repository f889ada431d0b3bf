/** Opens a page in the person's browser. */
import { spawn } from 'node:child_process';

/** The program that opens an address; never a shell, which would read meaning into the address. */
const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Tries to; whether it worked cannot be known, so print the address as well. */
export function openBrowser(url: string, platform: NodeJS.Platform = process.platform): void {
  const { protocol, href } = new URL(url);
  if (!/^https?:$/.test(protocol)) return;
  const [program, ...before] = openers[platform] ?? ['xdg-open'];
  const child = spawn(program, [...before, href], { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
