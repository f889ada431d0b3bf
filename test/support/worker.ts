// A generated project as a Worker, in Cloudflare's own runtime, on loopback: what `wrangler deploy`
// would send, run by workerd; or by `wrangler dev`, as a user does.
import { join } from 'node:path';
import { execa } from 'execa';
import fs from 'fs-extra';
import { boot, freePort, type Project, type Running, repository } from './project.js';

const binaries = join(repository, 'node_modules', '.bin');

/** What keeps wrangler to itself: no questions, no reports, nothing fetched, a home of its own. */
const quiet = (home: string) => ({
  HOME: home,
  XDG_CONFIG_HOME: home,
  CI: 'true',
  WRANGLER_SEND_METRICS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
});

/** Runs the deploy script, which then sends nothing. @returns what it printed */
export async function bundleWorker({ directory }: Project): Promise<string> {
  const args = ['deploy', '--dry-run', '--outdir', 'bundle'];
  const { all } = await execa(join(binaries, 'wrangler'), args, {
    cwd: directory,
    env: quiet(`${directory}/home`),
    all: true,
  });
  return all;
}

/** Starts the bundle with these variables, and waits until it answers, with whatever status. */
export async function bootWorker(
  { directory }: Project,
  variables: Record<string, string>,
): Promise<Running> {
  const port = String(await freePort());
  const url = `http://localhost:${port}`;
  const all = { PUBLIC_URL: url, OAUTH_AUDIENCE: `${url}/mcp`, ...variables };
  const bindings = Object.entries(all).map(
    ([name, text]) => `(name = ${JSON.stringify(name)}, text = ${JSON.stringify(text)})`,
  );
  const wrangler = await fs.readFile(`${directory}/wrangler.jsonc`, 'utf8');
  const setting = (name: string) => new RegExp(`"${name}": (.*),`).exec(wrangler)?.[1];
  const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker.js", esModule = embed "bundle/worker.js")],
      compatibilityDate = ${setting('compatibility_date')},
      compatibilityFlags = ${setting('compatibility_flags')},
      bindings = [${bindings.join(', ')}],
    )),
    (name = "internet", network = (allow = ["private", "local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);`;
  await fs.writeFile(`${directory}/config.capnp`, config);
  const command = [join(binaries, 'workerd'), 'serve', 'config.capnp'];
  return boot({ directory }, { PORT: port }, command, () => true);
}

/** Starts it as `npm run preview` does, with the settings of `.env`. */
export async function previewWorker({ directory }: Project): Promise<Running> {
  const port = String(await freePort());
  const place = ['--ip', '127.0.0.1', '--port', port, '--inspector-port', '0'];
  return boot(
    { directory },
    { ...quiet(`${directory}/home`), PORT: port },
    [join(binaries, 'wrangler'), 'dev', ...place, '--show-interactive-dev-session=false'],
    () => true,
  );
}
