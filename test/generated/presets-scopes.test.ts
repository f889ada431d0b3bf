// Which clients a server with too many scopes would lock out: so that the test of what the presets
// advertise (presets.test.ts) is known to be able to fail.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clerk as preset } from '../../src/providers/clerk.js';
import { clerk as data } from '../simulations/clerk.js';
import { boot, createProject, type Project } from '../support/project.js';
import { startSimulation } from '../support/simulation.js';
import { askForAdvice, logInAs } from '../support/simulation-client.js';
import { presetOf } from '../support/simulation-preset.js';
import { argumentsFor } from './variants.js';

let project: Project;
beforeAll(async () => {
  project = await createProject(...argumentsFor(preset, 'jwt'));
  await project.run('tsc', '-p', 'tsconfig.build.json');
});
afterAll(() => project[Symbol.asyncDispose]());

const all = data.scopes.all.join(' ');
const ours = preset.scopes.default.join(' ');

describe.each([
  { advertised: ours, registered: undefined, refused: undefined },
  { advertised: ours, registered: ours, refused: undefined },
  { advertised: ours, registered: all, refused: undefined },
  // Whatever the server advertises, this client is inconsistent.
  { advertised: ours, registered: 'profile', refused: 'email' },
  { advertised: all, registered: undefined, refused: 'openid' },
  { advertised: all, registered: ours, refused: 'openid' },
  { advertised: all, registered: all, refused: undefined },
])('where "$advertised" is advertised', ({ advertised, registered, refused }) => {
  it(`a client that registered ${registered ?? 'nothing'} is ${refused ? 'refused' : 'let in'}`, async () => {
    await using simulation = await startSimulation(presetOf(preset), data);
    const env = { OAUTH_ISSUER_URL: simulation.issuer, OAUTH_SCOPES: advertised };
    await using server = await boot(project, env);
    simulation.endpoint = server.url;
    const told = await askForAdvice(server.url);
    const login = logInAs(told, { registered });
    if (refused === undefined) expect((await login).access_token).toEqual(expect.any(String));
    else await expect(login).rejects.toThrow(`not allowed to request scope \`${refused}\``);
  });
});
