// Generated servers of each mode, with providers at which people log in.
import fs from 'fs-extra';
import type { AuthMode } from '../../src/providers/types.js';
import { startBetterAuth } from './better-auth.js';
import type { LoginProvider, Preparation } from './login-provider.js';
import { startOidcProvider } from './oidc-provider.js';
import { boot, createProject, freePort, type Running } from './project.js';

export interface LoginWorld extends AsyncDisposable {
  server: Running;
}

type Settings = Record<string, string>;

/** @param settings for the server, besides those that it needs */
type Start = (settings?: Settings) => Promise<LoginWorld>;

export interface World {
  name: string;
  mode: AuthMode;
  start: Start;
}

const modes: AuthMode[] = ['jwt', 'introspection', 'proxy'];

export const oidcProviderWorlds: World[] = modes.map((mode) => ({
  name: `${mode}, at oidc-provider`,
  mode,
  start: (settings) =>
    start(mode, startOidcProvider, ({ issuer }) => ['--issuer', issuer], settings),
}));

export const betterAuthWorlds: World[] = modes.map((mode) => ({
  name: `${mode}, at better-auth`,
  mode,
  start: (settings) => start(mode, startBetterAuth, betterAuthPreset, settings),
}));

export const developmentWorld: World = {
  name: 'jwt, at the development provider',
  mode: 'jwt',
  start: startDevelopment,
};

function betterAuthPreset({ issuer }: LoginProvider): string[] {
  return ['--provider', 'better-auth', '--set', `url=${new URL(issuer).origin}`];
}

async function start(
  mode: AuthMode,
  startProvider: (preparation: Preparation) => Promise<LoginProvider>,
  choose: (provider: LoginProvider) => string[],
  settings: Settings = {},
): Promise<LoginWorld> {
  const PORT = String(await freePort());
  const provider = await startProvider({ mode, url: `http://localhost:${PORT}` });
  const { id, secret } = provider.client;
  const scopes = mode === 'proxy' ? [] : ['--scopes', 'openid mcp:use'];
  const project = await createProject(...choose(provider), '--auth-mode', mode, ...scopes);
  const end = async () => {
    await provider[Symbol.asyncDispose]();
    await project[Symbol.asyncDispose]();
  };
  try {
    await project.run('tsc', '-p', 'tsconfig.build.json');
    const server = await boot(project, {
      PORT,
      OAUTH_ISSUER_URL: provider.issuer,
      ...(mode !== 'jwt' && { OAUTH_CLIENT_ID: id, OAUTH_CLIENT_SECRET: secret }),
      ...(mode === 'proxy' && {
        // Which ID tokens of neither provider name.
        OAUTH_ALLOWED_USERS: 'ada@example.com',
        AUTH_SECRET: 'what-the-keys-of-this-server-are-made-of',
      }),
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
