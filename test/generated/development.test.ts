// `npm run dev` of the default OAuth variant: nothing filled in, any name logs in.
import { execa } from 'execa';
import fs from 'fs-extra';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eras } from '../support/client.js';
import { Person } from '../support/person.js';
import { boot, createProject, freePort, type Project } from '../support/project.js';
import { readRecipe, runRecipe } from '../support/recipe.js';

let project: Project;
let dev: string[];
beforeAll(async () => {
  project = await createProject('--oauth');
  const { scripts } = await fs.readJson(`${project.directory}/package.json`);
  dev = scripts.dev.split(' ');
});
afterAll(() => project[Symbol.asyncDispose]());

const startDevelopment = async () => {
  const issuer = `http://localhost:${await freePort()}`;
  return { issuer, server: await boot(project, { OAUTH_ISSUER_URL: issuer }, dev) };
};

describe.each(eras)('a client of era %j that knows only the address', (era) => {
  it('registers, logs in, calls a tool, and asks for more when a tool needs it', async () => {
    const { issuer, server } = await startDevelopment();
    await using _ = server;
    const person = new Person('Ada Lovelace', server.url, era);
    await person.connect();
    expect(person.visited.map(({ origin }) => origin)).toEqual([issuer]);
    expect(person.visited[0]?.searchParams.get('resource')).toBe(server.url);
    expect(person.visited[0]?.searchParams.get('scope')).toBe('mcp:use');
    expect(person.tokens?.refresh_token).toEqual(expect.any(String));

    const { structuredContent } = await person.callTool('whoami');
    expect(structuredContent).toMatchObject({ subject: 'ada-lovelace', scopes: ['mcp:use'] });

    const status = await person.callTool('server_status');
    expect(status.structuredContent).toHaveProperty('version');
    expect(person.visited[1]?.searchParams.get('scope')?.split(' ').sort()).toEqual([
      'mcp:admin',
      'mcp:use',
    ]);
    await person.client.close();
    for (const secret of [person.tokens?.access_token, person.tokens?.refresh_token]) {
      expect(server.output()).not.toContain(secret);
    }
  });
});

it('knows its people and clients again after a restart, and the tokens still work', async () => {
  const issuer = `http://localhost:${await freePort()}`;
  const first = await boot(project, { OAUTH_ISSUER_URL: issuer }, dev);
  const person = new Person('Grace', first.url, 'legacy');
  await person.connect();
  const { port, origin: PUBLIC_URL } = new URL(first.url);
  await first.stop();

  const again = { OAUTH_ISSUER_URL: issuer, PORT: port, PUBLIC_URL };
  await using _ = await boot(project, again, dev);
  expect((await person.callTool('whoami')).structuredContent).toMatchObject({ subject: 'grace' });
  expect(person.visited).toHaveLength(1);
});

it('refuses to run in production', async () => {
  const [file = '', ...args] = dev;
  const { exitCode, stderr } = await execa(file, args, {
    cwd: project.directory,
    env: { NODE_ENV: 'production' },
    reject: false,
  });
  expect(exitCode).toBe(1);
  expect(stderr).toContain('NODE_ENV=production');
});

it('runs the recipe of OAUTH.md, every command of it', async () => {
  const { server, issuer } = await startDevelopment();
  await using _ = server;
  const [start, ...commands] = await readRecipe(project);
  expect(start).toBe('npm run dev\n');
  const answers = await runRecipe(project, commands, server.url, { OAUTH_ISSUER_URL: issuer });
  const [alive, unauthorized, token, whoami, claims] = answers;
  expect(alive).toContain('"status":"ok"');
  expect(alive).toContain(`"authorization_servers":["${issuer}"]`);
  expect(unauthorized).toMatch(/^HTTP\/1.1 401 .*resource_metadata="/s);
  expect(token).toBe('');
  expect(whoami).toMatch(/^HTTP\/1.1 200 .*"subject":"ada"/s);
  expect(claims).toContain(`aud: '${server.url}'`);
});
