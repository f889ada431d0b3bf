/** The pack, as tests use it: against a server in this process, without waiting. */
import { setImmediate as turn } from 'node:timers/promises';
import { createKeys } from '../../src/conformance/keys.js';
import { startProvider } from '../../src/conformance/provider.js';
import { type Report, runSuite } from '../../src/conformance/run.js';
import { createTools } from '../support/doctor.js';
import { goodRules, type Rules, startResourceServer } from '../support/resource-server.js';

/** Making them takes longer than a run. */
const keys = createKeys();

export async function runOn(changes: Partial<Rules> = {}): Promise<Report> {
  await using provider = await startProvider(await keys);
  await using server = await startResourceServer({ ...goodRules, ...changes });
  await server.start(provider.issuer);
  const subject = {
    url: server.url,
    audience: server.url,
    format: 'jwt',
    provider,
    program: { restart: () => server.start(provider.issuer) },
    patience: 100,
    pause: () => turn(),
  } as const;
  return await runSuite(subject, createTools({ timeout: 1_000 }));
}

export function failuresOf({ results }: Report): string[] {
  return results.flatMap(({ outcome, id }) => (outcome === 'failed' ? [id] : []));
}
