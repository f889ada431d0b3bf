// The clients of a proxy: the official one and MCP Inspector, known by registration and by a client
// metadata document. Inspector comes from the registry.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oidc as preset } from '../../src/providers/oidc.js';
import { Browser } from '../../templates/oauth-proxy/test/support/browser.js';
import { oidc as data } from '../simulations/oidc.js';
import { eras } from '../support/client.js';
import { type Inspector, installInspector } from '../support/inspector.js';
import { Person, redirectUrl } from '../support/person.js';
import { type Project, type Running, repository } from '../support/project.js';
import { agreeIn, network } from '../support/proxy.js';
import { createPresetProxy, secret, startProxy } from '../support/proxy-server.js';
import { type Provider as Simulated, startSimulation } from '../support/simulation.js';
import { presetOf } from '../support/simulation-preset.js';

let inspector: Inspector;
let simulation: Simulated;
let project: Project;
let server: Running;

/** Public clients without a registration. */
const documentOf = (name: string, redirectUri: string) => ({
  client_id: `https://clients.example/${name}.json`,
  client_name: `The client ${name}`,
  redirect_uris: [redirectUri],
  token_endpoint_auth_method: 'none',
});
const official = documentOf('official', redirectUrl);
/** At its address is the document of another. */
const liar = documentOf('liar', redirectUrl);

beforeAll(async () => {
  [inspector, simulation, project] = await Promise.all([
    installInspector(),
    startSimulation(presetOf(preset), data, secret),
    createPresetProxy(preset, {}),
  ]);
  const documents = [official, documentOf('inspector', inspector.callback)];
  const published = documents.map((document) => [document.client_id, document]);
  const preload = join(repository, 'test', 'support', 'client-documents.mjs');
  server = await startProxy(project, simulation, data, {
    NODE_OPTIONS: `--import ${preload}`,
    TEST_CLIENT_DOCUMENTS: JSON.stringify({
      ...Object.fromEntries(published),
      [liar.client_id]: official,
    }),
  });
}, 120_000);
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await project?.[Symbol.asyncDispose]();
  await simulation?.[Symbol.asyncDispose]();
  await inspector?.[Symbol.asyncDispose]();
});

describe.each(eras)('the official client, era %j', (era) => {
  it('is known by its document, and steps up', async () => {
    const browser = new Browser(network);
    const person = new Person('Ada', server.url, era, agreeIn(browser), official);
    await person.connect();
    expect((await person.callTool('server_status')).isError).toBeFalsy();
    expect((await person.callTool('whoami')).structuredContent).toMatchObject({
      clientId: official.client_id,
      scopes: expect.arrayContaining(['mcp:use', 'mcp:admin']),
    });
    expect(person.information).toMatchObject({ client_id: official.client_id });
    const { refresh_token } = person.tokens ?? {};
    person.tokens = { access_token: 'no-longer-good', token_type: 'Bearer', refresh_token };
    await person.callTool('whoami');
    expect(person.visited).toHaveLength(2);
    await person.client.close();
    // What a client cannot make up.
    const consent = browser.visited.find(({ html }) => html.includes(official.client_name));
    expect(consent?.html).toContain('Identified by <strong><bdi>clients.example</bdi></strong>');
  });

  it('is not known by a document of another', async () => {
    const person = new Person('Ada', server.url, era, agreeIn(), liar);
    await expect(person.connect()).rejects.toThrow('client_id does not match');
  });
});

describe.each(['legacy', 'modern'])('MCP Inspector, era %s', (era) => {
  const options = ['--protocol-era', era, '--relogin'];

  it('registers, logs in and calls a tool', async () => {
    const { result } = await inspector.callTool(server.url, 'whoami', ...options);
    expect(result).toMatchObject({
      structuredContent: { subject: 'somebody', scopes: ['mcp:use'] },
    });
    expect(result).not.toMatchObject({
      structuredContent: { clientId: expect.stringMatching(/^https:/) },
    });
  });

  it('is known by its document', async () => {
    const { client_id } = documentOf('inspector', inspector.callback);
    const known = [...options, '--client-metadata-url', client_id];
    const { result } = await inspector.callTool(server.url, 'whoami', ...known);
    expect(result).toMatchObject({
      structuredContent: { subject: 'somebody', clientId: client_id },
    });
  });
});
