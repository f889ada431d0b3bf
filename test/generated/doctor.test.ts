// The doctor and real servers: those that are generated have nothing wrong, and one with the SDK's own
// defaults is diagnosed. The modes without an authorization server are looked at in presets.test.ts.
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
import { complaints, examine } from '../support/doctor.js';
import { boot, createProject, freePort } from '../support/project.js';
import { credentials, startSimulation } from '../support/simulation.js';
import type { Simulation } from '../support/simulation-data.js';
import { anyIssuer, presetOf } from '../support/simulation-preset.js';
import { argumentsFor } from './variants.js';

describe('a generated server', () => {
  it('that is open', async () => {
    await using project = await createProject();
    await project.run('tsc', '-p', 'tsconfig.build.json');
    await using server = await boot(project);
    const diagnosis = await examine(server.url);
    expect(complaints(diagnosis)).toEqual([]);
    const ids = diagnosis.findings.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['endpoint-open', 'eras-both', 'names-good']));
  });

  it.each(providers.filter(({ modes }) => modes.includes('proxy')))(
    'that stands in for $title',
    async (provider) => {
      const preset = presetOf(provider);
      const issuer = provider.issuer === '' ? ['--issuer', anyIssuer] : [];
      await using project = await createProject(...argumentsFor(provider, 'proxy'), ...issuer);
      await project.run('tsc', '-p', 'tsconfig.build.json');
      const data = simulations[provider.id] as Simulation;
      await using simulation = await startSimulation(preset, data);
      const PORT = String(await freePort());
      simulation.endpoint = `http://localhost:${PORT}/mcp`;
      await using server = await boot(project, {
        PORT,
        ...credentials,
        OAUTH_ISSUER_URL: simulation.issuer,
        OAUTH_CLIENT_ID: simulation.client,
        OAUTH_ALLOWED_USERS: '*',
        AUTH_SECRET: 'enough-characters-to-be-a-secret-of-a-test',
        AUTH_STORE: `file:${project.directory}/data/auth.db`,
        ...data.settings?.(simulation.facts),
      });
      const diagnosis = await examine(server.url, { register: true });
      expect(complaints(diagnosis)).toEqual([]);
      expect(diagnosis.findings.map(({ id }) => id)).toEqual(
        expect.arrayContaining(['registration-good', 'registration-automatic']),
      );
    },
  );
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
});
