// A login is the same with every framework: who is refused and how, and who gets in.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  startUpstream,
  type TestUpstream,
} from '../../templates/oauth-proxy/test/support/upstream.js';
import { eras } from '../support/client.js';
import { askAll, frameworkIds, statusesOf } from '../support/frameworks.js';
import { Person } from '../support/person.js';
import { boot, createProject, freePort, type Project, type Running } from '../support/project.js';
import { resourceServer, startProvider, type TestProvider } from '../support/provider.js';
import { agreeIn, createProxyProject, settingsFor } from '../support/proxy.js';
import { publicHost, spell } from '../support/raw-requests.js';

const resource = `https://${publicHost}/mcp`;
const metadata = '/.well-known/oauth-protected-resource';
const login = ['--issuer', 'https://login.example.com', '--scopes', 'mcp:use'];

describe.each(['jwt', 'introspection'])('%s', (mode) => {
  const projects: Project[] = [];
  const servers: Running[] = [];
  let provider: TestProvider;
  const tokens = new Map([['malformed', 'a.b.c']]);
  beforeAll(async () => {
    provider = await startProvider('', mode === 'jwt' ? 'jwt' : 'opaque');
    for (const framework of frameworkIds) {
      const args = [...login, '--auth-mode', mode, '--framework', framework];
      const project = await createProject(...args);
      projects.push(project);
      await project.run('tsc', '-p', 'tsconfig.build.json');
      const environment = {
        PUBLIC_URL: `https://${publicHost}`,
        OAUTH_ISSUER_URL: provider.issuer,
        OAUTH_CLIENT_ID: resourceServer.client_id,
        OAUTH_CLIENT_SECRET: resourceServer.client_secret,
      };
      servers.push(await boot(project, environment));
    }
    tokens.set('good', await provider.issueToken(resource));
    tokens.set('of another server', await provider.issueToken('https://other.example/mcp'));
    tokens.set('without its scope', await provider.issueToken(resource, 'openid'));
  });
  afterAll(async () => {
    for (const one of [...servers, provider, ...projects]) await one?.[Symbol.asyncDispose]();
  });

  const call = (name: string, fields: Record<string, string>, path = '/mcp') =>
    spell(
      `POST ${path} HTTP/1.1`,
      {
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream',
        ...fields,
      },
      JSON.stringify({
        ...{ jsonrpc: '2.0', id: 1, method: 'tools/call' },
        params: { name, arguments: {} },
      }),
    );

  /** Asks all, and compares. */
  async function ask(bytes: string): Promise<string> {
    const [first = '', ...others] = await askAll(servers, bytes);
    for (const answer of others) expect(answer).toBe(first);
    return first;
  }

  it.each([
    ['good', 'whoami', 200],
    ['good', 'server_status', 403],
    ['without its scope', 'whoami', 403],
    ['of another server', 'whoami', 401],
    ['malformed', 'whoami', 401],
  ])('a token that is %s, for the tool %s: %i', async (kind, tool, status) => {
    const authorization = `Bearer ${tokens.get(kind)}`;
    const answer = await ask(call(tool, { Authorization: authorization }));
    expect(statusesOf(answer)).toEqual([status]);
    const challenge = answer.match(/^www-authenticate: (.*)$/im)?.[1];
    if (status === 200) expect(answer).toContain('"clientId":"robot"');
    else expect(challenge).toContain(`resource_metadata="https://${publicHost}${metadata}/mcp"`);
    expect(await ask(call(tool, { Authorization: authorization }, '/mcp/'))).toBe(answer);
  });

  it.each<[string, Record<string, string>, number]>([
    ['no token', {}, 401],
    ['an empty one', { Authorization: 'Bearer' }, 400],
    ['another scheme', { Authorization: 'Basic YTpi' }, 401],
    ['a foreign Origin', { Origin: 'https://evil.example' }, 403],
    ['a foreign Host', { Host: 'evil.example' }, 403],
  ])('%s', async (_, fields, status) => {
    expect(statusesOf(await ask(call('whoami', fields)))).toEqual([status]);
  });

  it.each([
    ['GET', `${metadata}/mcp`, 200],
    ['GET', metadata, 200],
    ['GET', `${metadata}/other`, 404],
    ['OPTIONS', '/mcp', 204],
    ['GET', '/mcp', 401],
    ['GET', '/health', 200],
  ])('%s %s without a token: %i', async (method, path, status) => {
    const answer = await ask(spell(`${method} ${path} HTTP/1.1`, { Host: publicHost }));
    expect(statusesOf(answer)).toEqual([status]);
    expect(answer.includes(`"resource":"${resource}"`)).toBe(
      path.startsWith(metadata) && status === 200,
    );
  });
});

describe.each(frameworkIds)('proxy with %s', (framework) => {
  let project: Project;
  let upstream: TestUpstream;
  beforeAll(async () => {
    upstream = await startUpstream();
    project = await createProxyProject('--framework', framework);
  });
  afterAll(async () => {
    await upstream?.close();
    await project?.[Symbol.asyncDispose]();
  });

  const start = (env: Record<string, string> = {}) =>
    boot(project, {
      ...settingsFor(
        upstream,
        `file:${join(project.directory, 'data', `${crypto.randomUUID()}.db`)}`,
      ),
      ...env,
    });

  it.each(eras)('a person logs in, steps up and stays: era %j', async (era) => {
    await using server = await start();
    const person = new Person('Ada', server.url, era, agreeIn());
    await person.connect();
    expect((await person.callTool('whoami')).structuredContent).toMatchObject({
      subject: 'ada',
      scopes: ['mcp:use'],
    });
    expect((await person.callTool('server_status')).isError).toBeFalsy();
    const before = person.tokens?.refresh_token;
    if (person.tokens) person.tokens = { ...person.tokens, access_token: 'expired' };
    expect((await person.callTool('whoami')).isError).toBeFalsy();
    expect(person.tokens?.refresh_token).not.toBe(before);
    await person.client.close();
  });

  it('a PUBLIC_URL may have a path', async () => {
    const PORT = String(await freePort());
    const PUBLIC_URL = `http://localhost:${PORT}/a/b`;
    await using _server = await start({ PORT, PUBLIC_URL, OAUTH_AUDIENCE: '' });
    const person = new Person('Ada', `${PUBLIC_URL}/mcp`, { pin: '2026-07-28' }, agreeIn());
    await person.connect();
    expect((await person.callTool('whoami')).structuredContent).toMatchObject({ subject: 'ada' });
    await person.client.close();
  });
});
