// How a start that fails ends: with a message for the person who can mend it.
import { StartupError } from './settings.js';

/** Prints why the server cannot start and makes the process end with status 1. */
export function exitWith(error: unknown): void {
  process.exitCode = 1;
  process.stderr.write(`\n${explain(error)}\n\n`);
}

function explain(error: unknown): string {
  if (error instanceof StartupError) return error.message;
  const { code, path, port, address } = error as NodeJS.ErrnoException & {
    port?: number;
    address?: string;
  };
  if (code === 'EADDRINUSE') {
    return `Port ${port} is already in use on ${address}.\nStop what listens there, or set PORT to another one, and with it every setting that names the port.`;
  }
  if (code === 'ENOTFOUND')
    return 'HOST is not a name of this machine.\nSet it to 127.0.0.1, or to 0.0.0.0 inside a container.';
  // Errors of files have a path, those of ports do not.
  if (code === 'EACCES' && path !== undefined)
    return `${path} may not be opened by this user.\nChange its owner or its permissions, or those of the folder it is in.`;
  if (code === 'EACCES')
    return `Port ${port} on ${address} may not be opened by this user.\nSet PORT to one above 1023.`;
  if (code === 'EADDRNOTAVAIL')
    return `HOST ${address} is not an address of this machine.\nSet HOST to 127.0.0.1, or to 0.0.0.0 inside a container.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
