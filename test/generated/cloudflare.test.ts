// Generated Workers in Cloudflare's own runtime, against a real OpenID provider, spoken to by the
// official client.
import fs from 'fs-extra';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, eras } from '../support/client.js';
import { createProject, type Project, type Running } from '../support/project.js';
import { resourceServer, startProvider, type TestProvider } from '../support/provider.js';
import { bootWorker, bundleWorker, previewWorker } from '../support/worker.js';

const issuer = ['--issuer', 'https://login.example.com', '--scopes', 'mcp:use'];
const target = ['--deploy', 'cloudflare'];

const post = (url: string, token?: string, signal?: AbortSignal) =>
  fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
    ...(signal && { signal }),
  });

/** Waits for something that will come about, as long as the test may take. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 25));
}

/** The lines that the Worker itself has logged. */
const logged = (worker: Running) =>
  worker
    .output()
    .split('\n')
    .flatMap((line) => /\{"level".*\}/.exec(line)?.[0] ?? [])
    .map((line) => JSON.parse(line));

describe('a Worker that verifies tokens', { timeout: 60_000 }, () => {
  let project: Project;
  let provider: TestProvider;
  let worker: Running;
  let report: string;
  beforeAll(async () => {
    project = await createProject(...issuer, ...target);
    provider = await startProvider();
    provider.faults.down = true;
    report = await bundleWorker(project);
    worker = await bootWorker(project, {
      OAUTH_ISSUER_URL: provider.issuer,
      OAUTH_SCOPES: 'mcp:use',
    });
  }, 60_000);
  afterAll(async () => {
    await worker[Symbol.asyncDispose]();
    await provider[Symbol.asyncDispose]();
    await project[Symbol.asyncDispose]();
  });

  it('answers 503 while the provider is down, says why in its log, and starts when it is back', async () => {
    const refused = await post(worker.url);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await refused.text()).not.toContain(provider.issuer);
    provider.faults.down = false;
    await until(() => logged(worker).length > 0);
    const [failure] = logged(worker);
    expect(failure).toMatchObject({ level: 'fatal' });
    expect(failure.msg).toContain("The authorization server's metadata cannot be fetched");
    expect(failure.msg).toContain(`OAUTH_ISSUER_URL is ${provider.issuer}`);
    await until(async () => (await post(worker.url)).status === 401);
  });

  it.each(eras)('serves a client of era %j', async (era) => {
    const token = await provider.issueToken(worker.url, 'mcp:use mcp:admin');
    const client = await connect(worker.url, { era, token });
    const call = (name: string, input = {}) => client.callTool({ name, arguments: input });
    expect((await call('whoami')).structuredContent).toMatchObject({
      clientId: 'robot',
      scopes: ['mcp:use', 'mcp:admin'],
    });
    expect((await call('server_status')).structuredContent).toMatchObject({ version: '0.1.0' });
    const boil = { value: 100, from: 'celsius', to: 'fahrenheit' };
    expect((await call('convert_temperature', boil)).structuredContent).toMatchObject({
      value: 212,
    });
    await client.readResource({ uri: 'temperature://reference-points' });
    await client.close();
    expect(worker.output()).not.toContain(token.split('.')[2]);
  });

  it('leads clients to the login, and refuses tokens for other servers', async () => {
    const { headers } = await post(worker.url);
    const location = /resource_metadata="([^"]+)"/.exec(headers.get('www-authenticate') ?? '')?.[1];
    expect(await (await fetch(location ?? '')).json()).toMatchObject({
      resource: worker.url,
      authorization_servers: [provider.issuer],
    });
    const elsewhere = await provider.issueToken('https://other.example/mcp');
    expect((await post(worker.url, elsewhere)).status).toBe(401);
    const reported = () => logged(worker).find(({ problem }) => problem === 'audience_refused');
    await until(() => reported() !== undefined);
    expect(reported()).toMatchObject({ level: 'info', expected: [worker.url] });
  });

  it('learns of new keys', async () => {
    await provider.rotateKeys();
    expect((await post(worker.url, await provider.issueToken(worker.url))).status).toBe(200);
  });

  it('is what the deploy script would send', () => {
    expect(report).toContain('--dry-run: exiting now');
    expect(report).not.toMatch(/warning|error/i);
  });
});

describe('a Worker that asks about tokens', { timeout: 60_000 }, () => {
  it('answers others when a client goes away that they share a question with', async () => {
    await using project = await createProject(...issuer, '--auth-mode', 'introspection', ...target);
    await using provider = await startProvider('', 'opaque');
    await bundleWorker(project);
    await using worker = await bootWorker(project, {
      OAUTH_ISSUER_URL: provider.issuer,
      OAUTH_SCOPES: 'mcp:use',
      OAUTH_CLIENT_ID: resourceServer.client_id,
      OAUTH_CLIENT_SECRET: resourceServer.client_secret,
    });
    const token = await provider.issueToken(worker.url);
    expect((await post(worker.url, await provider.issueToken(worker.url))).status).toBe(200);

    const asked = () => provider.asked['/token/introspection'] ?? 0;
    const before = asked();
    provider.faults.delay = 1_000;
    const leaving = new AbortController();
    const left = post(worker.url, token, leaving.signal).catch((error: Error) => error.name);
    await until(() => asked() > before);
    const staying = post(worker.url, token, AbortSignal.timeout(20_000));
    leaving.abort();
    expect(await left).toBe('AbortError');
    expect((await staying).status).toBe(200);
    expect(asked()).toBe(before + 1);
    expect(worker.output()).not.toContain(resourceServer.client_secret);
  });
});

describe('a Worker without a login', { timeout: 60_000 }, () => {
  it('says in its log which settings are wrong', async () => {
    await using project = await createProject(...target);
    await bundleWorker(project);
    await using worker = await bootWorker(project, { ALLOWED_ORIGINS: '*' });
    expect((await post(worker.url)).status).toBe(503);
    await until(() => logged(worker).length > 0);
    expect(logged(worker)[0]?.msg).toContain('ALLOWED_ORIGINS must be a list of origins');
  });

  it('is previewed, with the settings of .env', async () => {
    await using project = await createProject(...target);
    await fs.writeFile(`${project.directory}/.env`, 'PUBLIC_URL=\nLOG_LEVEL=silent\n');
    await using worker = await previewWorker(project);
    const client = await connect(worker.url);
    expect((await client.listTools()).tools).toHaveLength(1);
    await client.close();
    expect(await worker.stop('SIGINT')).toBe(0);
  });
});
