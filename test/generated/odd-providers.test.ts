// Providers that are unlike others, as far as the standards allow it or people do it: a generated
// server works with each, or says what is wrong. The servers run in this process, from their build.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { credentials, startOddProvider } from '../support/odd-provider.js';
import { createProject, type Project } from '../support/project.js';
import { discovery } from './odd-discovery.js';
import { answers } from './odd-introspection.js';
import { keys, tokens } from './odd-tokens.js';

type App = (request: Request) => Promise<Response>;

const endpoint = 'http://localhost:3000/mcp';

describe.each([
  { mode: 'jwt', about: 'metadata', rows: discovery },
  { mode: 'jwt', about: 'keys', rows: keys },
  { mode: 'jwt', about: 'tokens', rows: tokens },
  { mode: 'introspection', about: 'introspection', rows: answers },
])('$about', ({ mode, rows }) => {
  let project: Project;
  let start: (environment: Record<string, string>) => Promise<App>;
  beforeAll(async () => {
    project = await createProject('--issuer', 'https://login.example.com', '--auth-mode', mode);
    await project.run('tsc', '-p', 'tsconfig.build.json');
    const load = (name: string) => import(join(project.directory, 'dist', `${name}.js`));
    const [{ createApp }, { loadConfig }, { log }] = await Promise.all(
      ['app', 'config', 'log'].map(load),
    );
    log.level = 'silent';
    start = (environment) => createApp(loadConfig(environment));
  });
  afterAll(() => project?.[Symbol.asyncDispose]());

  it.each(rows)('$name', async ({ configured = String, settings, answer, says, ...odd }) => {
    await using provider = await startOddProvider(odd, endpoint);
    const token = mode === 'jwt' ? await provider.sign() : 'opaque';
    const set = Object.entries({
      OAUTH_ISSUER_URL: configured(provider.issuer),
      OAUTH_AUDIENCE: endpoint,
      OAUTH_SCOPES: 'mcp:use',
      ...(mode === 'introspection' && {
        OAUTH_CLIENT_ID: credentials.id,
        OAUTH_CLIENT_SECRET: credentials.secret,
      }),
      ...settings,
    }).filter(([, value]) => value !== '');
    const starting = start(Object.fromEntries(set));
    if (says !== undefined) {
      for (const sentence of says) await expect(starting).rejects.toThrow(sentence);
      return;
    }
    const app = await starting;
    const response = await app(
      new Request(endpoint, {
        method: 'POST',
        headers: {
          host: 'localhost:3000',
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          authorization: `Bearer ${token}`,
        },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
      }),
    );
    const body = (await response.json()) as { error_description?: string };
    const [status, message] = answer ?? [200, undefined];
    expect([response.status, body.error_description]).toEqual([status, message]);

    // Clients compare it with what they find there, byte for byte.
    const prm = await app(
      new Request(`http://localhost:3000/.well-known/oauth-protected-resource`),
    );
    expect(await prm.json()).toMatchObject({ authorization_servers: [provider.issuer] });
  });
});
