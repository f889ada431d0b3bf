// The OAuth variant against a real OpenID provider: built, booted, spoken to by the official client.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, eras } from '../support/client.js';
import {
  boot,
  createProject,
  type Project,
  type Running,
  StartFailure,
} from '../support/project.js';
import { startProvider, type TestProvider } from '../support/provider.js';
import { readRecipe, runRecipe } from '../support/recipe.js';

let project: Project;
beforeAll(async () => {
  project = await createProject('--issuer', 'https://login.example.com', '--scopes', 'mcp:use');
  await project.run('tsc', '-p', 'tsconfig.build.json');
});
afterAll(() => project[Symbol.asyncDispose]());

const start = (provider: TestProvider, env = {}) =>
  boot(project, { OAUTH_ISSUER_URL: provider.issuer, ...env });

async function post(server: Running, token?: string): Promise<Response> {
  return fetch(server.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  });
}

describe('a client with a token', () => {
  it.each(eras)('of era %j calls tools', async (era) => {
    await using provider = await startProvider();
    await using server = await start(provider);
    const token = await provider.issueToken(server.url);
    const client = await connect(server.url, { era, token });
    const { structuredContent } = await client.callTool({ name: 'whoami', arguments: {} });
    expect(structuredContent).toMatchObject({ clientId: 'robot', scopes: ['mcp:use'] });
    await client.close();
    expect(server.output()).not.toContain(token.split('.')[2]);
  });

  it('is refused when the token is for another server', async () => {
    await using provider = await startProvider();
    await using server = await start(provider);
    const response = await post(server, await provider.issueToken('https://other.example/mcp'));
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('issued for another audience');
  });
});

it('the recipe of OAUTH.md works when pasted, with a token from the provider', async () => {
  await using provider = await startProvider();
  await using server = await start(provider);
  const commands = (await readRecipe(project)).slice(1).filter((text) => !text.startsWith('read '));
  const TOKEN = await provider.issueToken(server.url);
  const [alive, refused, whoami, claims] = await runRecipe(project, commands, server.url, {
    TOKEN,
  });
  expect(alive).toContain(`"authorization_servers":["${provider.issuer}"]`);
  expect(refused).toMatch(/^HTTP\/1.1 401 /);
  expect(whoami).toMatch(/^HTTP\/1.1 200 .*"clientId":"robot"/s);
  expect(claims).toContain(`aud: '${server.url}'`);
});

describe('an issuer with a path', () => {
  it.each([
    '/.well-known/oauth-authorization-server/realms/acme',
    '/.well-known/openid-configuration/realms/acme',
    '/realms/acme/.well-known/openid-configuration',
  ])('is found when its metadata is only at %s', async (location) => {
    await using provider = await startProvider('/realms/acme');
    provider.faults.locations = [location];
    await using server = await start(provider);
    expect((await post(server, await provider.issueToken(server.url))).status).toBe(200);
  });
});

describe('the server does not start', () => {
  const failure = async (provider: TestProvider, env = {}): Promise<StartFailure> => {
    const error = await start(provider, env).then(
      async (server) => {
        await server.stop();
        return undefined;
      },
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof StartFailure)) throw new Error('The server did start');
    expect(error.status).toBe(1);
    expect(error.output).not.toContain('    at ');
    return error;
  };

  it('when the provider is down', async () => {
    await using provider = await startProvider();
    provider.faults.down = true;
    const { output } = await failure(provider);
    expect(output).toContain("The authorization server's metadata cannot be fetched.");
    expect(output).toContain(`${provider.issuer}/.well-known/oauth-authorization-server`);
    expect(output).toContain(`OAUTH_ISSUER_URL is ${provider.issuer}`);
  });

  it('when the provider never answers, within 15 seconds', async () => {
    await using provider = await startProvider();
    provider.faults.delay = 60_000;
    const { output } = await failure(provider);
    expect(output).toContain('it took too long');
  }, 20_000);

  it('when the provider lies about its issuer', async () => {
    await using provider = await startProvider();
    provider.faults.claimedIssuer = 'https://evil.example';
    const { output } = await failure(provider);
    expect(output).toContain('The metadata belongs to another issuer.');
    expect(output).toContain('belongs to the issuer https://evil.example.');
  });

  it('when the settings are wrong, naming all of them', async () => {
    await using provider = await startProvider();
    const { output } = await failure(provider, {
      OAUTH_ISSUER_URL: 'http://login.example.com',
      ALLOWED_ORIGINS: '*',
      LOG_LEVEL: 'loud',
    });
    expect(output).toContain('ALLOWED_ORIGINS must be a list of origins');
    expect(output).toContain('LOG_LEVEL must be trace');
    expect(output).toContain('OAUTH_ISSUER_URL must be an https URL');
  });

  it('when the port is taken', async () => {
    await using provider = await startProvider();
    const { port } = new URL(provider.issuer);
    const { output } = await failure(provider, { PORT: port });
    expect(output).toContain(`Port ${port} is already in use`);
  });
});

describe('while the server runs', () => {
  it('the provider may be slow, go down, and come back with new keys', async () => {
    await using provider = await startProvider();
    provider.faults.delay = 300;
    await using server = await start(provider);
    const first = await provider.issueToken(server.url);
    expect((await post(server, first)).status).toBe(200);

    await provider.rotateKeys();
    const second = await provider.issueToken(server.url);
    provider.faults.down = true;
    // Known keys keep working; whether an unknown one is good, nobody can say.
    expect((await post(server, first)).status).toBe(200);
    const unsure = await post(server, second);
    expect([unsure.status, unsure.headers.get('retry-after')]).toEqual([503, '5']);
  });

  it('new keys work at once, and odd keys do no harm', async () => {
    await using provider = await startProvider();
    await using server = await start(provider);
    const old = await provider.issueToken(server.url);
    expect((await post(server, old)).status).toBe(200);
    provider.faults.oddKeys = [{ kty: 'OKP', crv: 'Nope', x: 'AA' }, { kty: 'wat' }, { kid: 1 }];
    await provider.rotateKeys();
    expect((await post(server, await provider.issueToken(server.url))).status).toBe(200);
    expect((await post(server, old)).status).toBe(401);
  });

  it('made-up keys do not flood the provider', async () => {
    await using provider = await startProvider();
    await using stranger = await startProvider();
    await using server = await start(provider);
    const forged = await stranger.issueToken(server.url);
    const statuses = await Promise.all(Array.from({ length: 20 }, () => post(server, forged)));
    expect(new Set(statuses.map(({ status }) => status))).toEqual(new Set([401]));
    expect(provider.asked['/jwks']).toBe(2);
  });
});
