/** What the doctor sees of a server without a token: several cases are its findings, by another name. */
import { checkBrowsers } from '../doctor/browsers.js';
import { checkChallenge } from '../doctor/challenge.js';
import { checkEndpoint } from '../doctor/endpoint.js';
import type { Checked, Finding } from '../doctor/finding.js';
import { checkNames } from '../doctor/names.js';
import { checkResource } from '../doctor/resource.js';
import { checkResourceMetadata, type ResourceMetadata } from '../doctor/resource-metadata.js';
import { checkScopes } from '../doctor/scopes.js';
import type { Tools } from '../doctor/tools.js';

/** How far the doctor came; each step needs the ones before it. */
export type Step = 'endpoint' | 'challenge' | 'metadata';

export interface Looks {
  readonly findings: readonly Finding[];
  readonly reached: ReadonlySet<Step>;
  /** The scopes in the challenge; undefined: it has none. */
  readonly challenged: readonly string[] | undefined;
  readonly metadata: ResourceMetadata | undefined;
}

export async function look(url: string, tools: Tools): Promise<Looks> {
  const findings: Finding[] = [];
  const reached = new Set<Step>();
  const note = <Value>(checked: Checked<Value>): Value => {
    findings.push(...checked.findings);
    return checked.value;
  };
  const endpoint = note(await checkEndpoint(url, tools));
  if (!endpoint?.protected)
    return { findings, reached, challenged: undefined, metadata: undefined };
  reached.add('endpoint');
  const advice = note(checkChallenge(endpoint));
  const missing = ['challenge-missing', 'challenge-scheme'];
  if (!findings.some(({ id }) => missing.includes(id))) reached.add('challenge');
  const metadata = note(await checkResourceMetadata(url, advice, tools));
  note(await checkBrowsers(endpoint, metadata?.url, tools));
  note(await checkNames(endpoint, metadata, tools));
  if (metadata !== undefined) {
    reached.add('metadata');
    note(checkResource(url, metadata));
    note(checkScopes(advice, metadata));
  }
  return { findings, reached, challenged: advice.scopes, metadata };
}
