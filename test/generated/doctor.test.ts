// The doctor and real servers: nothing is wrong with a generated one that is open, and those with the
// SDK's own defaults are diagnosed. Every preset in every mode is looked at where its servers are booted.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { createMcpHonoApp } from '@modelcontextprotocol/hono';
import {
  createMcpHandler,
  getOAuthProtectedResourceMetadataUrl,
  McpServer,
  oauthMetadataResponse,
  requireBearerAuth,
} from '@modelcontextprotocol/server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { providers } from '../../src/providers/index.js';
import { simulations } from '../simulations/index.js';
import { eras } from '../support/client.js';
import { complaints, examine } from '../support/doctor.js';
import { Person } from '../support/person.js';
import { boot, createProject } from '../support/project.js';
import { startSimulation } from '../support/simulation.js';
import type { Simulation } from '../support/simulation-data.js';
import { presetOf } from '../support/simulation-preset.js';

it('nothing is wrong with a generated server that is open', async () => {
  await using project = await createProject();
  await project.run('tsc', '-p', 'tsconfig.build.json');
  await using server = await boot(project);
  const diagnosis = await examine(server.url);
  expect(complaints(diagnosis)).toEqual([]);
  const ids = diagnosis.findings.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(['endpoint-open', 'eras-both', 'names-good']));
});

describe('a server of the SDK', () => {
  const createMcp = () => new McpServer({ name: 'example', version: '1.0.0' });

  async function serve(answer: (request: Request, origin: string) => Promise<Response>) {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
    server.on(
      'request',
      getRequestListener((request) => answer(request, origin)),
    );
    return `${origin}/mcp`;
  }

  it('of its README: open, and not for browsers', async () => {
    const handler = createMcpHandler(createMcp);
    const app = createMcpHonoApp();
    app.all('/mcp', (context) =>
      handler.fetch(context.req.raw, { parsedBody: context.get('parsedBody' as never) }),
    );
    const diagnosis = await examine(await serve(async (request) => app.fetch(request)));
    expect(complaints(diagnosis)).toEqual(['cors-preflight']);
    const ids = diagnosis.findings.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['endpoint-open', 'eras-both', 'names-good']));
  });

  it('with its gate and its metadata', async () => {
    const [oidc] = providers;
    if (oidc === undefined) throw new Error('There are no presets');
    await using simulation = await startSimulation(presetOf(oidc), simulations.oidc as Simulation);
    const metadata = {
      ...simulations.oidc?.document(simulation.facts),
      issuer: simulation.issuer,
    } as never;
    const handler = createMcpHandler(createMcp);
    const url = await serve(async (request, origin) => {
      const resourceServerUrl = new URL('/mcp', origin);
      const document = oauthMetadataResponse(request, {
        oauthMetadata: metadata,
        resourceServerUrl,
      });
      if (document !== undefined) return document;
      const gate = requireBearerAuth({
        verifier: { verifyAccessToken: () => Promise.reject(new Error('not in this test')) },
        requiredScopes: ['mcp:use'],
        resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(resourceServerUrl),
      });
      const auth = await gate(request);
      return auth instanceof Response ? auth : handler.fetch(request, { authInfo: auth });
    });
    const diagnosis = await examine(url, { token: await simulation.accessToken() });
    // Its gate reports an error where no token was sent, answers a preflight by 401, and fails on
    // whatever the verifier throws.
    expect(complaints(diagnosis)).toEqual([
      'token-audience',
      'token-fails',
      'challenge-error',
      'cors-preflight',
    ]);
  });

  it('that asks for a login late: a client of the SDK logs in then, and not before', async () => {
    const [oidc] = providers;
    if (oidc === undefined) throw new Error('There are no presets');
    const data = { ...(simulations.oidc as Simulation), scopes: { all: ['mcp:use'] } };
    await using simulation = await startSimulation(presetOf(oidc), data);
    const handler = createMcpHandler(() => {
      const server = createMcp();
      server.registerTool('hello', {}, async () => ({
        content: [{ type: 'text', text: 'Hello' }],
      }));
      return server;
    });
    const url = await serve(async (request, origin) => {
      const metadata = new URL('/.well-known/oauth-protected-resource/mcp', origin).href;
      if (request.url.startsWith(metadata)) {
        const servers = { resource: `${origin}/mcp`, authorization_servers: [simulation.issuer] };
        return Response.json({ ...servers, scopes_supported: ['mcp:use'] });
      }
      const body = await request.clone().text();
      const open = !body.includes('tools/') || request.headers.has('authorization');
      if (request.url === `${origin}/mcp` && open) return handler.fetch(request);
      const challenge = `Bearer scope="mcp:use", resource_metadata="${metadata}"`;
      return new Response(null, { status: 401, headers: { 'www-authenticate': challenge } });
    });
    simulation.endpoint = url;
    expect(complaints(await examine(url))).toContain('endpoint-late');
    for (const era of eras) {
      const person = new Person('Ada Lovelace', url, era);
      await person.connect();
      expect(person.visited).toEqual([]);
      expect((await person.callTool('hello')).isError).toBeFalsy();
      expect(person.visited).toHaveLength(1);
      await person.client.close();
    }
  });
});
