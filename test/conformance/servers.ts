/** Generated servers, as the suite meets them: it knows no login, so a token is added on the way. */
import { join } from 'node:path';
import { startUpstream } from '../../templates/oauth-proxy/test/support/upstream.js';
import { Person } from '../support/person.js';
import { boot, createProject, type Project } from '../support/project.js';
import { resourceServer, startProvider } from '../support/provider.js';
import { agreeIn, createProxyProject, settingsFor } from '../support/proxy.js';
import { startTokenProxy } from '../support/token-proxy.js';

export type Login = 'open' | 'jwt' | 'introspection' | 'proxy';

export interface TriedServer extends AsyncDisposable {
  /** Where it can be used without a token. */
  url: string;
}

/** Makes a project, builds it and boots it, with whatever its login needs. */
export async function startServer(login: Login, ...args: string[]): Promise<TriedServer> {
  const opened: AsyncDisposable[] = [];
  const keep = <T extends AsyncDisposable>(one: T): T => {
    opened.push(one);
    return one;
  };
  const close = async () => {
    for (const one of opened.reverse()) await one[Symbol.asyncDispose]();
  };
  try {
    const url = await starters[login](args, keep);
    return { url, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Keep = <T extends AsyncDisposable>(one: T) => T;
type Starter = (args: string[], keep: Keep) => Promise<string>;

const starters: Record<Login, Starter> = {
  async open(args, keep) {
    return keep(await boot(keep(await build(args)))).url;
  },
  jwt: (args, keep) => startResourceServer('jwt', args, keep),
  introspection: (args, keep) => startResourceServer('introspection', args, keep),
  async proxy(args, keep) {
    const upstream = await startUpstream();
    keep({ [Symbol.asyncDispose]: () => upstream.close() });
    const project = keep(await createProxyProject(...args));
    const store = `file:${join(project.directory, 'data', 'auth.db')}`;
    const { url } = keep(await boot(project, settingsFor(upstream, store)));
    const person = new Person('Ada', url, 'legacy', agreeIn());
    await person.connect();
    await person.client.close();
    return keep(await startTokenProxy(url, person.tokens?.access_token ?? '')).url;
  },
};

async function startResourceServer(
  mode: 'jwt' | 'introspection',
  args: string[],
  keep: Keep,
): Promise<string> {
  const issuer = ['--issuer', 'https://login.example.com', '--scopes', 'mcp:use'];
  const provider = keep(await startProvider('', mode === 'jwt' ? 'jwt' : 'opaque'));
  const project = keep(await build([...issuer, '--auth-mode', mode, ...args]));
  const { url } = keep(
    await boot(project, {
      OAUTH_ISSUER_URL: provider.issuer,
      OAUTH_CLIENT_ID: resourceServer.client_id,
      OAUTH_CLIENT_SECRET: resourceServer.client_secret,
    }),
  );
  return keep(await startTokenProxy(url, await provider.issueToken(url))).url;
}

async function build(args: string[]): Promise<Project> {
  const project = await createProject(...args);
  await project.run('tsc', '-p', 'tsconfig.build.json');
  return project;
}
