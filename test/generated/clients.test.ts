// Real clients against servers of every mode. Each client knows the address of the server and nothing
// else: it finds the login, registers, logs a person in, calls tools, refreshes, and asks for more.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eras } from '../support/client.js';
import { libraries } from '../support/connection.js';
import { type Inspector, installInspector } from '../support/inspector.js';
import {
  developmentWorld,
  type LoginWorld,
  oidcProviderWorlds,
  type World,
} from '../support/login-world.js';
import { redirectUrl } from '../support/person.js';
import { repository } from '../support/project.js';
import { logInWholly, meet } from '../support/whole-login.js';

let inspector: Inspector;
beforeAll(async () => {
  inspector = await installInspector();
}, 120_000);
afterAll(() => inspector?.[Symbol.asyncDispose]());

/** A server for the tests of a group. */
function setUp(start: World['start'], settings: () => Record<string, string> = () => ({})) {
  let world: LoginWorld;
  beforeAll(async () => {
    world = await start(settings());
  });
  afterAll(() => world?.[Symbol.asyncDispose]());
  return () => world.server;
}

const inspectorEras = ['legacy', 'modern'];

describe.each([...oidcProviderWorlds, developmentWorld])('a server of mode $name', ({ start }) => {
  const server = setUp(start);

  it.each(libraries)('and the official client, %j', (library) => logInWholly(server(), library));

  it.each(inspectorEras)('and MCP Inspector, era %s', async (era) => {
    const options = ['--protocol-era', era, '--relogin'];
    const { result } = await inspector.callTool(server().url, 'whoami', ...options);
    expect(result).toMatchObject({ structuredContent: { subject: 'ada', scopes: ['mcp:use'] } });
  });
});

describe('a proxy and clients that are known by their documents', () => {
  const documentOf = (name: string, redirectUri: string) => ({
    client_id: `https://clients.example/${name}.json`,
    client_name: `The client ${name}`,
    redirect_uris: [redirectUri],
    token_endpoint_auth_method: 'none',
  });
  const official = documentOf('official', redirectUrl);
  /** At its address is the document of another. */
  const liar = documentOf('liar', redirectUrl);
  const ofInspector = () => documentOf('inspector', inspector.callback);

  const proxy = oidcProviderWorlds.find(({ mode }) => mode === 'proxy');
  if (proxy === undefined) throw new Error('There is no proxy');
  const server = setUp(proxy.start, () => ({
    NODE_OPTIONS: `--import ${join(repository, 'test', 'support', 'client-documents.mjs')}`,
    TEST_CLIENT_DOCUMENTS: JSON.stringify({
      [official.client_id]: official,
      [ofInspector().client_id]: ofInspector(),
      [liar.client_id]: official,
    }),
  }));

  it.each(eras)('the official client of era %j, and steps up', async (era) => {
    const { person, browser } = meet(server().url, era, official);
    await person.connect();
    expect((await person.callTool('server_status')).isError).toBeFalsy();
    expect((await person.callTool('whoami')).structuredContent).toMatchObject({
      clientId: official.client_id,
      scopes: expect.arrayContaining(['mcp:use', 'mcp:admin']),
    });
    const { refresh_token } = person.tokens ?? {};
    person.tokens = { access_token: 'no-longer-good', token_type: 'Bearer', refresh_token };
    await person.callTool('whoami');
    expect(person.visited).toHaveLength(2);
    await person.client.close();
    // What a client cannot make up.
    const consent = browser.visited.find(({ html }) => html.includes(official.client_name));
    expect(consent?.html).toContain('Identified by <strong><bdi>clients.example</bdi></strong>');
  });

  it.each(eras)('no client of era %j by a document of another', async (era) => {
    const { person } = meet(server().url, era, liar);
    await expect(person.connect()).rejects.toThrow('client_id does not match');
  });

  it.each(inspectorEras)('MCP Inspector of era %s', async (era) => {
    const { client_id } = ofInspector();
    const options = ['--protocol-era', era, '--relogin', '--client-metadata-url', client_id];
    const { result } = await inspector.callTool(server().url, 'whoami', ...options);
    expect(result).toMatchObject({ structuredContent: { subject: 'ada', clientId: client_id } });
  });
});
