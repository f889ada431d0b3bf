// A login in a browser: here the browser is a fetch that follows where it is sent.
import { describe, expect, it } from 'vitest';
import { providers } from '../../src/providers/index.js';
import { simulations } from '../simulations/index.js';
import { complaints, createTools, examine } from '../support/doctor.js';
import { collectGarbage } from '../support/garbage.js';
import { startMcpServer } from '../support/mcp-server.js';
import { freePort } from '../support/project.js';
import { startSimulation } from '../support/simulation.js';
import type { Simulation } from '../support/simulation-data.js';
import { presetOf } from '../support/simulation-preset.js';

const oidc = providers[0];
if (oidc === undefined) throw new Error('There are no presets');
const preset = presetOf(oidc);

interface Scene {
  provider?: Partial<Simulation>;
  /** Registers a client by hand. */
  clientId?(issuer: string): Promise<string>;
  redirectUri?: string;
  /** How long the person may take, in milliseconds. */
  patience?: number;
  /** Where the browser goes, given where it is sent. */
  browse?(url: string): Promise<unknown>;
}

const follow = async (url: string) => {
  const { headers } = await fetch(url, { redirect: 'manual' });
  const target = headers.get('location');
  return target && fetch(target);
};

async function logIn({
  provider,
  clientId,
  redirectUri,
  patience = 60_000,
  browse = follow,
}: Scene = {}) {
  const data = { ...(simulations.oidc as Simulation), scopes: { all: ['mcp:use'] }, ...provider };
  await using simulation = await startSimulation(preset, data);
  await using server = await startMcpServer({ issuer: simulation.issuer });
  simulation.endpoint = server.url;
  const visited: URL[] = [];
  const browsing: Promise<unknown>[] = [];
  const diagnosis = await examine(
    server.url,
    {
      login: {
        signal: new AbortController().signal,
        patience,
        ...(clientId && { clientId: await clientId(simulation.issuer) }),
        ...(redirectUri !== undefined && { redirectUri: new URL(redirectUri) }),
        visit: (url) => {
          visited.push(new URL(url));
          browsing.push(browse(url).catch(() => undefined));
        },
      },
    },
    createTools(),
  );
  await Promise.all(browsing);
  return { diagnosis, visited, credentials: server.credentials };
}

it('registers, logs in, and tries the token at the server', async () => {
  const { diagnosis, visited, credentials } = await logIn();
  expect(complaints(diagnosis)).toEqual([]);
  expect(diagnosis.findings.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['login-good', 'token-accepted', 'eras-both']),
  );
  const parameters = Object.fromEntries(visited[0]?.searchParams ?? []);
  expect(parameters).toMatchObject({
    response_type: 'code',
    scope: 'mcp:use',
    resource: diagnosis.url,
    code_challenge_method: 'S256',
    redirect_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/callback$/),
  });
  expect(credentials[0]).toMatch(/^\/mcp Bearer \S+$/);
});

it('logs in as a client that was registered by hand, at its own address', async () => {
  const redirectUri = `http://localhost:${await freePort()}/callback`;
  let clientId: unknown;
  const { diagnosis, visited } = await logIn({
    redirectUri,
    clientId: async (provider) => {
      const ask = async (url: string, init: RequestInit = {}) =>
        (await fetch(url, init)).json() as Promise<Record<string, string>>;
      const metadata = await ask(`${provider}/.well-known/openid-configuration`);
      const body = JSON.stringify({ redirect_uris: [redirectUri] });
      const client = await ask(metadata.registration_endpoint ?? '', { method: 'POST', body });
      clientId = client.client_id;
      return String(clientId);
    },
  });
  expect(complaints(diagnosis)).toEqual([]);
  expect(visited[0]?.searchParams.get('redirect_uri')).toBe(redirectUri);
  expect(visited[0]?.searchParams.get('client_id')).toBe(clientId);
});

describe('is told by its own identifier', () => {
  it.each<[string, Scene]>([
    [
      'login-no-client',
      { provider: { registration: { error: 'access_denied', description: '' } } },
    ],
    [
      'login-refused',
      {
        provider: {
          scopes: { all: ['openid'], refusal: { error: 'invalid_scope', description: '{scope}' } },
        },
      },
    ],
    [
      'login-exchange',
      {
        provider: {
          resource: {
            at: 'token',
            known: () => 'https://other.example',
            unknown: { error: 'invalid_target', description: '' },
          },
        },
      },
    ],
    ['login-no-token', { provider: { response: () => ({ token_type: 'Bearer' }) } }],
    ['login-scope-fewer', { provider: { response: (usual) => ({ ...usual, scope: 'openid' }) } }],
    [
      'login-issuer',
      {
        provider: {
          document: (facts) => ({
            ...simulations.oidc?.document(facts),
            authorization_response_iss_parameter_supported: true,
          }),
        },
        browse: async (url) => {
          const { headers } = await fetch(url, { redirect: 'manual' });
          return fetch(String(headers.get('location')).replace(/&iss=[^&]*/, ''));
        },
      },
    ],
    [
      'login-issuer',
      {
        browse: async (url) => {
          const { headers } = await fetch(url, { redirect: 'manual' });
          return fetch(`${headers.get('location')}&iss=https://evil.example`);
        },
      },
    ],
  ])('%s', async (id, scene) => {
    expect(complaints((await logIn(scene)).diagnosis)).toEqual([id]);
  });

  it('login-port', async () => {
    const port = await freePort();
    const { createServer } = await import('node:http');
    const server = createServer().listen(port, '127.0.0.1');
    const { diagnosis } = await logIn({ redirectUri: `http://127.0.0.1:${port}/callback` });
    server.close();
    expect(complaints(diagnosis)).toEqual(['login-port']);
  });

  it('login-timeout', async () => {
    const { diagnosis } = await logIn({ patience: 30, browse: async () => collectGarbage() });
    expect(complaints(diagnosis)).toEqual(['login-timeout']);
  });
});

it('gets no token for another server, which this one would then have', async () => {
  await using simulation = await startSimulation(preset, simulations.oidc as Simulation);
  await using server = await startMcpServer({
    issuer: simulation.issuer,
    metadata: (usual) => ({ ...usual, resource: 'https://bank.example.com/mcp' }),
  });
  const visited: string[] = [];
  const visit = (url: string) => void visited.push(url);
  const login = { signal: new AbortController().signal, patience: 60_000, visit };
  const diagnosis = await examine(server.url, { login, register: true });
  expect(complaints(diagnosis)).toEqual(['resource-host']);
  expect(visited).toEqual([]);
});

it('outlives what is no request for a page', async () => {
  const { diagnosis } = await logIn({
    browse: async (url) => {
      const redirect = new URL(new URL(url).searchParams.get('redirect_uri') ?? '');
      // A provider can send the browser to any path.
      const { get } = await import('node:http');
      await new Promise((resolve) => {
        get({ host: redirect.hostname, port: redirect.port, path: '//[' }, resolve);
      });
      return follow(url);
    },
  });
  expect(complaints(diagnosis)).toEqual([]);
});

it('takes a code only from the login that it began', async () => {
  const statuses: number[] = [];
  const { diagnosis } = await logIn({
    browse: async (url) => {
      const redirect = new URL(new URL(url).searchParams.get('redirect_uri') ?? '');
      for (const query of ['?code=evil', '?code=evil&state=guessed', '']) {
        statuses.push((await fetch(`${redirect.href}${query}`)).status);
      }
      return follow(url);
    },
  });
  expect(statuses).toEqual([404, 404, 404]);
  expect(complaints(diagnosis)).toEqual([]);
});
