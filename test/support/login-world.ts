// A generated server of each mode, with a provider at which people log in.
import fs from 'fs-extra';
import type { AuthMode } from '../../src/providers/types.js';
import { startOidcProvider } from './oidc-provider.js';
import { boot, createProject, freePort, type Running } from './project.js';

export interface LoginWorld extends AsyncDisposable {
  server: Running;
}

export interface World {
  name: string;
  /** @param settings for the server, besides those that it needs */
  start(settings?: Settings): Promise<LoginWorld>;
}

type Settings = Record<string, string>;

const own = { id: 'this-server', secret: 'that nobody else knows' };
const proxySettings = {
  OAUTH_ALLOWED_USERS: '*',
  AUTH_SECRET: 'what-the-keys-of-this-server-are-made-of',
};
const credentials = { OAUTH_CLIENT_ID: own.id, OAUTH_CLIENT_SECRET: own.secret };

export const worlds: World[] = [
  {
    name: 'jwt, at oidc-provider',
    start: (settings) => startWith('jwt', settings, '--scopes', 'openid mcp:use'),
  },
  {
    name: 'introspection, at oidc-provider',
    start: (settings) => startWith('introspection', settings, '--scopes', 'openid mcp:use'),
  },
  { name: 'proxy, at oidc-provider', start: (settings) => startWith('proxy', settings) },
  { name: 'jwt, at the development provider', start: startDevelopment },
];

async function startWith(mode: AuthMode, settings: Settings = {}, ...args: string[]) {
  const issuer = ['--issuer', 'https://login.example.com', '--auth-mode', mode];
  const project = await createProject(...issuer, ...args);
  const provider = await startOidcProvider(mode === 'introspection' ? 'opaque' : 'jwt');
  const end = async () => {
    await provider[Symbol.asyncDispose]();
    await project[Symbol.asyncDispose]();
  };
  try {
    await project.run('tsc', '-p', 'tsconfig.build.json');
    const PORT = String(await freePort());
    const redirectUri = `http://localhost:${PORT}/oauth/callback`;
    await provider.register({ ...own, ...(mode === 'proxy' && { redirectUri }) });
    const server = await boot(project, {
      PORT,
      OAUTH_ISSUER_URL: provider.issuer,
      ...(mode !== 'jwt' && credentials),
      ...(mode === 'proxy' && proxySettings),
      ...settings,
    });
    return { server, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]().then(end) };
  } catch (error) {
    await end();
    throw error;
  }
}

async function startDevelopment(settings: Settings = {}): Promise<LoginWorld> {
  const project = await createProject('--oauth');
  const { scripts } = await fs.readJson(`${project.directory}/package.json`);
  const OAUTH_ISSUER_URL = `http://localhost:${await freePort()}`;
  const server = await boot(project, { OAUTH_ISSUER_URL, ...settings }, scripts.dev.split(' '));
  return {
    server,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await project[Symbol.asyncDispose]();
    },
  };
}
