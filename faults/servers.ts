/** Generated servers of every mode, as processes whose memory is read and whose clock is set from outside. */
import { once } from 'node:events';
import { join } from 'node:path';
import {
  boot,
  createProject,
  freePort,
  type Project,
  type Running,
  repository,
} from '../test/support/project.js';

export type Mode = 'open' | 'jwt' | 'introspection' | 'proxy';

export interface Server extends Running {
  port: number;
  /** What it holds, after garbage was collected. */
  memory(): Promise<Memory>;
  /** Sets its clock off the real one, by so many milliseconds. */
  setClock(offset: number): Promise<void>;
}

export interface Memory {
  /** In bytes, with what is outside the heap but belongs to it. */
  heap: number;
  /** Of the whole process, in bytes. */
  resident: number;
  /** How many connections are open. */
  sockets: number;
}

const issuer = ['--issuer', 'https://login.example.com'];
const options: Record<Mode, string[]> = {
  open: [],
  jwt: [...issuer, '--scopes', 'mcp:use', '--auth-mode', 'jwt'],
  introspection: [...issuer, '--scopes', 'mcp:use', '--auth-mode', 'introspection'],
  proxy: ['--provider', 'oidc', ...issuer, '--auth-mode', 'proxy'],
};

const built = new Map<Mode, Promise<Project>>();

/** The built project of a mode; each is made once. */
function projectOf(mode: Mode): Promise<Project> {
  const project = built.get(mode) ?? build(mode);
  built.set(mode, project);
  return project;
}

async function build(mode: Mode): Promise<Project> {
  const project = await createProject(...options[mode]);
  await project.run('tsc', '-p', 'tsconfig.build.json');
  return project;
}

export async function removeProjects(): Promise<void> {
  for (const project of built.values()) await (await project)[Symbol.asyncDispose]();
}

/**
 * Starts a server under the name `127.0.0.1`.
 * @param environment besides port, public URL and audience
 * @throws {StartFailure} when it ends instead
 */
export async function startServer(
  mode: Mode,
  environment: Record<string, string> = {},
): Promise<Server> {
  const port = Number(environment.PORT ?? (await freePort()));
  const project = await projectOf(mode);
  const command = [process.execPath, '--import', join(repository, 'faults/instrument.mjs')];
  const running = await boot(
    project,
    { PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}`, ...environment },
    [...command, 'dist/index.js'],
    undefined,
    true,
  );
  const ask = async (message: object) => {
    const answer = once(running.process, 'message', { signal: AbortSignal.timeout(15_000) });
    running.process.send(message);
    return (await answer)[0] as Memory;
  };
  return {
    ...running,
    url: `http://127.0.0.1:${port}/mcp`,
    port,
    memory: () => ask({}),
    async setClock(offset) {
      await ask({ clock: offset });
    },
  };
}
