/** What clients are told to request. */
import type { Advice } from './challenge.js';
import { type Catalogue, type Checked, type Finding, findingsOf } from './finding.js';
import type { ResourceMetadata } from './resource-metadata.js';
import { specification } from './specification.js';
import { enumerate, spell } from './text.js';

const strategy = `${specification.authorization}#scope-selection-strategy`;
const syntax = 'https://www.rfc-editor.org/rfc/rfc6749#section-3.3';

export const scopeFindings = {
  'scopes-told': { level: 'ok', title: 'Clients are told what to request' },
  'scopes-missing': {
    level: 'warning',
    title: 'Clients are not told which scopes to request',
    why: 'Without "scope" in the challenge and "scopes_supported" in the metadata some clients request nothing, others all that the provider has; the provider refuses what the client may not have (invalid_scope).',
    cure: 'Publish "scopes_supported", and the same scopes in the challenge: the least that a request needs, and only what the provider grants to every client.',
    page: strategy,
    topic: 'scopes',
  },
  'scopes-malformed': {
    level: 'problem',
    title: 'scopes_supported is malformed',
    why: 'It is an array with one scope in each string. Clients join the strings with spaces; from anything else they make scopes that do not exist, or fail.',
    cure: 'Write ["one", "two"].',
    page: syntax,
  },
  'scopes-offline-access': {
    level: 'warning',
    title: 'The metadata lists offline_access',
    why: 'It is not a permission of this server; whether to ask for refresh tokens is the client’s choice. Providers that do not know it refuse the whole login.',
    cure: 'Take offline_access out of scopes_supported.',
    page: `${specification.authorization}#refresh-tokens`,
  },
  'scopes-differ': {
    level: 'note',
    title: 'Challenge and metadata ask for different scopes',
    why: 'That is allowed, and clients take those of the challenge. A few (the MCP Inspector) follow the metadata only, and get a token without what the challenge asks for.',
    cure: 'Publish in scopes_supported at least what the challenge asks for.',
    page: strategy,
  },
} as const satisfies Catalogue;

const find = findingsOf(scopeFindings);

/** More than fit into a request. */
export const mostScopes = 100;

/** @returns what a client will request: the challenge's scopes, else the metadata's; may be empty */
export function checkScopes(
  { scopes: challenged }: Advice,
  { url: at, document }: ResourceMetadata,
): Checked<readonly string[]> {
  const { scopes_supported: given } = document;
  const listed = given === undefined ? undefined : scopesIn(given);
  if (given !== undefined && listed === undefined) {
    const findings = [find('scopes-malformed', { found: spell(given), at })];
    return { findings, value: challenged ?? [] };
  }
  const value = challenged ?? listed ?? [];
  const findings: Finding[] = [];
  if (listed?.includes('offline_access')) {
    findings.push(find('scopes-offline-access', { found: enumerate(listed), at }));
  }
  const known = listed && new Set(listed);
  const unlisted = challenged?.filter((scope) => known && !known.has(scope)) ?? [];
  if (unlisted.length > 0) {
    const seen = { challenge: enumerate(challenged ?? []), metadata: enumerate(listed ?? []) };
    findings.push(find('scopes-differ', { ...seen, at }));
  }
  if (value.length === 0) findings.push(find('scopes-missing', { at }));
  if (findings.length === 0) findings.push(find('scopes-told', { scopes: enumerate(value) }));
  const requested = value.filter((scope) => scope !== 'offline_access').slice(0, mostScopes);
  return { findings, value: requested };
}

/** RFC 6749 §3.3 */
function scopesIn(value: unknown): readonly string[] | undefined {
  const scope = /^[\x21\x23-\x5b\x5d-\x7e]+$/;
  const good =
    Array.isArray(value) &&
    value.every((item) => typeof item === 'string' && scope.test(item) && !/^\[|,/.test(item));
  return good ? value : undefined;
}
