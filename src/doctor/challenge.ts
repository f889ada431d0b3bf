/** The challenge of a 401: the first thing that a client reads. */
import { parseChallenges } from './challenge-syntax.js';
import type { Endpoint } from './endpoint.js';
import { type Catalogue, type Checked, type Finding, findingsOf } from './finding.js';
import { specification } from './specification.js';
import { enumerate } from './text.js';

const bearerRules = 'https://www.rfc-editor.org/rfc/rfc6750#section-3';
const grammar = 'https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1';
const metadataRules = 'https://www.rfc-editor.org/rfc/rfc9728#section-5.1';

export const challengeFindings = {
  'challenge-good': { level: 'ok', title: 'The challenge is well-formed and names the metadata' },
  'challenge-missing': {
    level: 'problem',
    title: 'The 401 has no WWW-Authenticate header',
    why: 'Every 401 must have a challenge (RFC 9110, section 15.5.2). Clients that follow it do not learn that a login exists; only those that also guess the well-known addresses go on.',
    cure: 'Send WWW-Authenticate: Bearer resource_metadata="…" with every 401. If your code does, something in front of the server drops the header.',
    page: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2',
  },
  'challenge-scheme': {
    level: 'problem',
    title: 'The challenge asks for another login than OAuth',
    why: 'Clients look for the scheme Bearer (or DPoP) and give up on others. Often a proxy or a platform in front of the server answers, not the server.',
    cure: 'Let the server itself answer requests without a token: take the path, and /.well-known/, out of what protects it by Basic, Negotiate or cookies.',
    page: bearerRules,
  },
  'challenge-syntax': {
    level: 'problem',
    title: 'The challenge is malformed',
    why: 'Clients read the header by its grammar; from the mistake on they read something else, or nothing.',
    cure: 'Write it as Bearer name="value", name="value": a comma between parameters, straight double quotes around values, none inside them.',
    page: grammar,
  },
  'challenge-unquoted': {
    level: 'problem',
    title: 'A value in the challenge has no quotes',
    why: 'Values with characters such as : and / have to be quoted. Some clients read on until the next space or comma, others see no metadata address at all.',
    cure: 'Put double quotes around the value: resource_metadata="https://…".',
    page: grammar,
  },
  'challenge-no-metadata': {
    level: 'warning',
    title: 'The challenge does not name the metadata',
    why: 'Clients have to guess the well-known addresses then. Those of 2025 and later do; a server with a prefix in its path, or behind a proxy, is easily missed.',
    cure: 'Add resource_metadata="…" with the full address of the protected resource metadata.',
    page: metadataRules,
  },
  'challenge-metadata-url': {
    level: 'problem',
    title: 'The metadata address in the challenge is not a full URL',
    why: 'It has no base that it could be relative to, so clients ignore it or fail.',
    cure: 'Write the whole address, with https:// and the public host.',
    page: metadataRules,
  },
  'challenge-error': {
    level: 'warning',
    title: 'The challenge reports an error although no token was sent',
    why: 'A request without a token should be asked for one without an error code. Some clients take error="invalid_token" for the end of a login and drop what they have.',
    cure: 'Leave error and error_description out when the Authorization header is missing.',
    page: 'https://www.rfc-editor.org/rfc/rfc6750#section-3.1',
  },
  'challenge-scope-syntax': {
    level: 'problem',
    title: 'The scopes in the challenge are malformed',
    why: 'Scopes are separated by single spaces. With commas or brackets clients request one scope of a strange name, and the provider answers invalid_scope.',
    cure: 'Write scope="one two".',
    page: 'https://www.rfc-editor.org/rfc/rfc6749#section-3.3',
  },
  'challenge-offline-access': {
    level: 'warning',
    title: 'The challenge asks for offline_access',
    why: 'It is not a permission of this server; whether to ask for refresh tokens is the client’s choice. Providers that do not know it refuse the whole login, others ask people for consent each time.',
    cure: 'Take offline_access out of the scopes that the server requires.',
    page: `${specification.authorization}#refresh-tokens`,
  },
} as const satisfies Catalogue;

const find = findingsOf(challengeFindings);

/** What the challenge tells clients. */
export interface Advice {
  /** The address of the metadata, absolute. */
  readonly metadataUrl?: string;
  /** What to request; undefined: it says nothing. */
  readonly scopes?: readonly string[];
}

/** No header has any use for more. */
const longest = 8192;

export function checkChallenge({ url, answer }: Endpoint): Checked<Advice> {
  const header = answer.headers.get('www-authenticate')?.slice(0, longest);
  if (header === undefined) {
    return { findings: [find('challenge-missing', { asked: url })], value: {} };
  }
  const { challenges, flaws } = parseChallenges(header);
  const [flaw] = flaws;
  const seen = { header };
  const findings: Finding[] = [];
  if (flaw !== undefined) {
    const id = flaw.kind === 'unquoted' ? 'challenge-unquoted' : 'challenge-syntax';
    const rest = header.slice(flaw.position, flaw.position + 40) || 'the end';
    findings.push(find(id, { ...seen, mistake: flaw.reason, at: rest }));
  }
  const challenge = challenges.find(({ scheme }) => /^(?:bearer|dpop)$/i.test(scheme));
  if (challenge === undefined) {
    const schemes = enumerate(challenges.map(({ scheme }) => scheme)) || 'none';
    if (flaw === undefined) findings.push(find('challenge-scheme', { ...seen, schemes }));
    return { findings, value: {} };
  }
  const { parameters } = challenge;
  const error = parameters.get('error');
  if (error !== undefined) findings.push(find('challenge-error', { error }));
  const address = checkAddress(parameters.get('resource_metadata'), flaw !== undefined);
  const scope = checkScope(parameters.get('scope'));
  findings.push(...address.findings, ...scope.findings);
  if (findings.length === 0) findings.push(find('challenge-good', seen));
  const metadataUrl = address.value;
  const scopes = scope.value;
  return { findings, value: { ...(metadataUrl && { metadataUrl }), ...(scopes && { scopes }) } };
}

/** @param broken whether the header was already said to be malformed: then any of it may be misread */
function checkAddress(given: string | undefined, broken: boolean): Checked<string | undefined> {
  if (given === undefined) {
    return { findings: broken ? [] : [find('challenge-no-metadata')], value: undefined };
  }
  if (/^https?:\/\//i.test(given) && URL.canParse(given)) return { findings: [], value: given };
  const findings = broken ? [] : [find('challenge-metadata-url', { found: given })];
  return { findings, value: undefined };
}

function checkScope(scope: string | undefined): Checked<readonly string[] | undefined> {
  if (scope === undefined || scope.trim() === '') return { findings: [], value: undefined };
  const scopes = scope.split(' ').filter(Boolean);
  const findings: Finding[] = [];
  if (/[,[\]"\\\t]/.test(scope)) findings.push(find('challenge-scope-syntax', { scope }));
  if (scopes.includes('offline_access')) findings.push(find('challenge-offline-access', { scope }));
  return {
    findings,
    value: findings.some(({ level }) => level === 'problem') ? undefined : scopes,
  };
}
