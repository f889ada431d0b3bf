// Scopes of a proxy that its provider knows as well: then they are the provider's to grant.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { oidc as preset } from '../../src/providers/oidc.js';
import { oidc as usual } from '../simulations/oidc.js';
import { Person } from '../support/person.js';
import type { Project } from '../support/project.js';
import { agreeIn } from '../support/proxy.js';
import { createPresetProxy, secret, startProxy } from '../support/proxy-server.js';
import { startSimulation } from '../support/simulation.js';
import type { Simulation } from '../support/simulation-data.js';
import { presetOf } from '../support/simulation-preset.js';

let project: Project;
beforeAll(async () => {
  project = await createPresetProxy(preset, {});
});
afterAll(() => project?.[Symbol.asyncDispose]());

/** A provider with scopes for this server; what it does not have, it leaves out without a word. */
const granting = (...scopes: string[]): Simulation => ({
  ...usual,
  scopes: { all: ['openid', ...scopes] },
});
const OAUTH_UPSTREAM_SCOPES = 'openid mcp:use mcp:admin';

it('sends the person to the provider for a scope when a tool needs it', async () => {
  const data = granting('mcp:use', 'mcp:admin');
  await using simulation = await startSimulation(presetOf(preset), data, secret);
  await using server = await startProxy(project, simulation, data, { OAUTH_UPSTREAM_SCOPES });
  const person = new Person('Ada', server.url, { pin: '2026-07-28' }, agreeIn());
  await person.connect();
  expect((await person.callTool('server_status')).isError).toBeFalsy();
  expect(person.tokens?.scope).toBe('mcp:use mcp:admin');
  expect(simulation.seen.authorizations.map((asked) => asked.get('scope'))).toEqual([
    'openid mcp:use',
    'openid mcp:use mcp:admin',
  ]);
});

it('gives the client no scope that the provider has not granted', async () => {
  const data = granting('mcp:use');
  await using simulation = await startSimulation(presetOf(preset), data, secret);
  await using server = await startProxy(project, simulation, data, { OAUTH_UPSTREAM_SCOPES });
  const person = new Person('Ada', server.url, { pin: '2026-07-28' }, agreeIn());
  await person.connect();
  await expect(person.callTool('server_status')).rejects.toThrow('Unauthorized');
  expect(person.tokens?.scope).toBe('mcp:use');
  expect((await person.callTool('whoami')).structuredContent).toMatchObject({
    scopes: ['mcp:use'],
  });
});
