/** A server's mode with the provider it needs, and how a client comes by a token there. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logInOnce } from '../bench/login-client.js';
import {
  startUpstream,
  type TestUpstream,
} from '../templates/oauth-proxy/test/support/upstream.js';
import { resourceServer, startProvider, type TestProvider } from '../test/support/provider.js';
import { type Mode, type Server, startServer } from './servers.js';
import { makeTrouble, type Trouble } from './trouble.js';

export interface World extends AsyncDisposable {
  mode: Mode;
  issuer: string;
  /** Of the provider. */
  trouble: Trouble;
  start(environment?: Record<string, string>): Promise<Server>;
  /** What a client has that was let in, and has not used yet. */
  token(server: Server): Promise<string>;
}

export interface ProvidedWorld extends World {
  provider: TestProvider;
}

export interface ProxyWorld extends World {
  upstream: TestUpstream;
  /** A folder for the database, which `start` uses. */
  folder: string;
}

/** A server that checks the tokens of its provider. */
export async function createProvidedWorld(mode: 'jwt' | 'introspection'): Promise<ProvidedWorld> {
  const provider = await startProvider('', mode === 'jwt' ? 'jwt' : 'opaque');
  return {
    mode,
    issuer: provider.issuer,
    provider,
    trouble: makeTrouble(provider.server, '/token'),
    start: (environment) =>
      startServer(mode, {
        OAUTH_ISSUER_URL: provider.issuer,
        OAUTH_CLIENT_ID: resourceServer.client_id,
        OAUTH_CLIENT_SECRET: resourceServer.client_secret,
        ...environment,
      }),
    token: ({ url }) => provider.issueToken(url),
    [Symbol.asyncDispose]: () => provider[Symbol.asyncDispose](),
  };
}

export const authSecret = 'what-the-keys-of-this-server-are-made-of';

/** A server that logs people in at its provider; it remembers them in SQLite, unless told otherwise. */
export async function createProxyWorld(): Promise<ProxyWorld> {
  const upstream = await startUpstream();
  const folder = mkdtempSync(join(tmpdir(), 'create-mcp-server-faults-'));
  return {
    mode: 'proxy',
    issuer: upstream.issuer,
    upstream,
    folder,
    trouble: makeTrouble(upstream.server),
    start: (environment) =>
      startServer('proxy', {
        ...upstream.environment,
        AUTH_SECRET: authSecret,
        AUTH_STORE: `file:${join(folder, 'auth.db')}`,
        // Everybody comes from an address of their own, so that nobody is sent away.
        TRUSTED_PROXIES: '1',
        ...environment,
      }),
    token: async ({ port }) => (await logInOnce(port, upstream)).accessToken,
    async [Symbol.asyncDispose]() {
      await upstream.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A world of each mode that has a provider. */
export const createWorlds: readonly (() => Promise<World>)[] = [
  () => createProvidedWorld('jwt'),
  () => createProvidedWorld('introspection'),
  createProxyWorld,
];
