// The introspection variant against a real OpenID provider with opaque tokens.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect, eras } from '../support/client.js';
import { boot, createProject, type Project, StartFailure } from '../support/project.js';
import { resourceServer, startProvider, type TestProvider } from '../support/provider.js';
import { readRecipe, runRecipe } from '../support/recipe.js';

let project: Project;
beforeAll(async () => {
  project = await createProject(
    ...['--issuer', 'https://login.example.com', '--auth-mode', 'introspection'],
    ...['--scopes', 'mcp:use'],
  );
  await project.run('tsc', '-p', 'tsconfig.build.json');
});
afterAll(() => project[Symbol.asyncDispose]());

const credentials = {
  OAUTH_CLIENT_ID: resourceServer.client_id,
  OAUTH_CLIENT_SECRET: resourceServer.client_secret,
};
const start = (provider: TestProvider, env = {}) =>
  boot(project, { OAUTH_ISSUER_URL: provider.issuer, ...credentials, ...env });

it.each(eras)('a client of era %j calls tools with an opaque token', async (era) => {
  await using provider = await startProvider('', 'opaque');
  await using server = await start(provider);
  const token = await provider.issueToken(server.url);
  expect(token.split('.')).toHaveLength(1);
  const client = await connect(server.url, { era, token });
  const { structuredContent } = await client.callTool({ name: 'whoami', arguments: {} });
  expect(structuredContent).toMatchObject({ clientId: 'robot', scopes: ['mcp:use'] });
  await client.close();
  for (const secret of [token, credentials.OAUTH_CLIENT_SECRET]) {
    expect(server.output()).not.toContain(secret);
  }
});

it('a token for another server is refused, and so is a made-up one', async () => {
  await using provider = await startProvider('', 'opaque');
  await using server = await start(provider);
  const sentence = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` };
    const { status, ...response } = await fetch(server.url, { method: 'POST', headers }).then(
      async (answer) => ({ status: answer.status, body: await answer.json() }),
    );
    return [status, (response.body as { error_description: string }).error_description];
  };
  const elsewhere = await provider.issueToken('https://other.example/mcp');
  expect(await sentence(elsewhere)).toEqual([
    401,
    'The access token was issued for another audience',
  ]);
  expect(await sentence('made-up')).toEqual([401, 'The access token is not active']);
  provider.faults.down = true;
  expect(await sentence('unknown')).toEqual([503, 'The authorization server cannot be reached']);
});

it('does not start with credentials that the provider refuses', async () => {
  await using provider = await startProvider('', 'opaque');
  const failure = await start(provider, { OAUTH_CLIENT_SECRET: 'hunter2' }).catch(
    (error: unknown) => error,
  );
  if (!(failure instanceof StartFailure)) throw new Error('The server did start');
  expect(failure.status).toBe(1);
  expect(failure.output).toContain('The provider refuses the credentials of this server.');
  expect(failure.output).not.toContain('hunter2');
});

it('the recipe of OAUTH.md works when pasted', async () => {
  await using provider = await startProvider('', 'opaque');
  await using server = await start(provider);
  const commands = (await readRecipe(project)).slice(1).filter((text) => !text.startsWith('read '));
  const env = {
    ...credentials,
    OAUTH_ISSUER_URL: provider.issuer,
    TOKEN: await provider.issueToken(server.url),
  };
  const [alive, refused, whoami, answer] = await runRecipe(project, commands, server.url, env);
  expect(alive).toContain(provider.issuer);
  expect(refused).toMatch(/^HTTP\/1.1 401 /);
  expect(whoami).toMatch(/^HTTP\/1.1 200 .*"clientId":"robot"/s);
  expect(answer).toContain('active: true');
});
