/** The authorization servers that the metadata names. */
import { isLoopbackHost } from './addresses.js';
import { type Catalogue, type Checked, findingsOf } from './finding.js';
import type { ResourceMetadata } from './resource-metadata.js';
import { specification } from './specification.js';
import { spell } from './text.js';

const location = `${specification.discovery}#authorization-server-location`;
const identifier = 'https://www.rfc-editor.org/rfc/rfc8414#section-2';

export const authorizationServersFindings = {
  'issuer-named': { level: 'ok', title: 'The metadata names an authorization server' },
  'issuer-missing': {
    level: 'problem',
    title: 'The metadata names no authorization server',
    why: 'Clients do not know where to log in.',
    cure: 'Add "authorization_servers": ["…"] with the issuer of your provider, exactly as its own metadata spells it.',
    page: location,
  },
  'issuer-invalid': {
    level: 'problem',
    title: 'An authorization server is not a full URL',
    why: 'Clients build the addresses of its metadata from it.',
    cure: 'Write the issuer as the metadata of the provider has it: an https URL without query and fragment.',
    page: identifier,
    topic: 'issuer',
  },
  'issuer-document': {
    level: 'problem',
    title: 'An authorization server is named by the address of its metadata',
    why: 'Clients add the well-known path to what is there, and find nothing.',
    cure: 'Put the value of "issuer" in that document there.',
    page: identifier,
    topic: 'issuer',
  },
  'issuer-not-https': {
    level: 'problem',
    title: 'An authorization server is not https',
    why: 'Who is in between could replace keys and endpoints; clients refuse it, except on loopback.',
    cure: 'Use its https address. If the metadata takes the scheme from a connection behind a proxy, set the address of the issuer in the configuration instead.',
    page: identifier,
  },
  'issuer-localhost': {
    level: 'problem',
    title: 'The authorization server is an address of the machine itself',
    why: 'Clients elsewhere look for it on their own machine. Usually the setting of a development machine was deployed.',
    cure: 'Set the issuer to the public address of your provider. In a server made by create-mcp-server it is OAUTH_ISSUER_URL.',
    page: location,
  },
  'issuer-several': {
    level: 'note',
    title: 'The metadata names several authorization servers',
    why: 'Most clients take the first one and do not ask the person.',
    cure: 'Put the one that clients should use first.',
    page: location,
  },
} as const satisfies Catalogue;

const find = findingsOf(authorizationServersFindings);

/** More than anybody has; a document cannot make the doctor ask the whole world. */
const most = 3;

/** @returns the issuers that are worth asking, in their order */
export function checkAuthorizationServers(
  asked: string,
  { url: at, document }: ResourceMetadata,
): Checked<readonly string[]> {
  const { authorization_servers: given } = document;
  if (given === undefined || (Array.isArray(given) && given.length === 0)) {
    return { findings: [find('issuer-missing', { found: spell(given), at })], value: [] };
  }
  if (!Array.isArray(given)) {
    return { findings: [find('issuer-invalid', { found: spell(given), at })], value: [] };
  }
  const looked = given.slice(0, most).map((issuer) => {
    const problem = problemOf(issuer, asked);
    return { issuer, findings: problem ? [find(problem, { found: spell(issuer), at })] : [] };
  });
  const findings = looked.flatMap((each) => each.findings);
  const value = looked.flatMap(({ issuer, findings: its }) => (its.length === 0 ? [issuer] : []));
  if (given.length > 1) findings.push(find('issuer-several', { found: spell(given), at }));
  if (findings.length === 0) findings.push(find('issuer-named', { issuer: value[0] }));
  return { findings, value };
}

function problemOf(
  issuer: unknown,
  asked: string,
): keyof typeof authorizationServersFindings | undefined {
  if (typeof issuer !== 'string' || !URL.canParse(issuer)) return 'issuer-invalid';
  const url = new URL(issuer);
  if (!/^https?:$/.test(url.protocol) || /[?#]/.test(issuer)) return 'issuer-invalid';
  if (url.pathname.includes('/.well-known/')) return 'issuer-document';
  const loopback = isLoopbackHost(url.hostname);
  if (loopback && !isLoopbackHost(new URL(asked).hostname)) return 'issuer-localhost';
  if (url.protocol === 'http:' && !loopback) return 'issuer-not-https';
  return undefined;
}
