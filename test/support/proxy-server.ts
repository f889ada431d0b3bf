// Servers of a preset in proxy mode, which log people in at its simulated provider.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Provider as PresetData } from '../../src/providers/types.js';
import type { Values } from '../../src/providers/variables.js';
import { argumentsFor } from '../generated/variants.js';
import type { Person } from './person.js';
import {
  boot,
  createProject,
  freePort,
  type Project,
  type Running,
  repository,
} from './project.js';
import type { Provider as Simulated } from './simulation.js';
import type { Simulation } from './simulation-data.js';
import { anyIssuer } from './simulation-preset.js';

/** Of the server at its provider. */
export const secret = 'a secret, of which 100% counts: %20 + & =';

/** A built project with one more tool, which uses the provider's tokens. */
export async function createPresetProxy(provider: PresetData, values: Values): Promise<Project> {
  const issuer = provider.issuer === '' ? ['--issuer', anyIssuer] : [];
  const project = await createProject(...argumentsFor(provider, 'proxy', values), ...issuer);
  try {
    await addTool(project);
    await project.run('tsc', '-p', 'tsconfig.build.json');
    return project;
  } catch (error) {
    await project[Symbol.asyncDispose]();
    throw error;
  }
}

async function addTool({ directory }: Project): Promise<void> {
  const tools = join(directory, 'src', 'tools');
  const fixture = join(repository, 'test', 'fixtures', 'tools', 'upstream-token.ts');
  await writeFile(join(tools, 'upstream-token.ts'), await readFile(fixture));
  const index = join(tools, 'index.ts');
  const added = (await readFile(index, 'utf8')).replace(
    'serverStatus]',
    '$&.concat(upstreamToken)',
  );
  await writeFile(index, `import { upstreamToken } from './upstream-token.js';\n${added}`);
}

/** Registers the server at the provider, and starts it. */
export async function startProxy(
  { directory }: Project,
  to: Simulated,
  data: Simulation,
  settings: Record<string, string> = {},
): Promise<Running> {
  const PORT = String(await freePort());
  const url = `http://localhost:${PORT}`;
  to.endpoint = `${url}/mcp`;
  to.registered.redirectUris = [`${url}/oauth/callback`];
  return boot(
    { directory },
    {
      PORT,
      OAUTH_ISSUER_URL: to.issuer,
      OAUTH_CLIENT_ID: to.client,
      OAUTH_CLIENT_SECRET: secret,
      OAUTH_ALLOWED_USERS: '*',
      AUTH_SECRET: 'what-the-keys-of-this-server-are-made-of',
      AUTH_STORE: `file:${join(directory, 'data', `${PORT}.db`)}`,
      ...data.settings?.(to.facts),
      ...settings,
    },
  );
}

/** What a tool learns of the provider's token for a person. */
export async function upstreamTokenOf(person: Person) {
  const { structuredContent } = await person.callTool('upstream_token');
  return structuredContent as { scopes: string[]; digest: string };
}

/** What the tool has instead of the token. */
export function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
