/** The metadata of an authorization server: is it there, and does it belong to the issuer? */
import { networkFinding } from './failure.js';
import { type Catalogue, type Checked, type Finding, findingsOf } from './finding.js';
import { type Answer, describeBody, type Failure, objectOf } from './http.js';
import { describeSlash } from './resource.js';
import { specification } from './specification.js';
import { spell } from './text.js';
import type { Tools } from './tools.js';

const order = `${specification.discovery}#authorization-server-metadata-discovery`;
const validation = 'https://www.rfc-editor.org/rfc/rfc8414#section-3.3';
const setIt =
  'In a server made by create-mcp-server it is OAUTH_ISSUER_URL; elsewhere it stands in authorization_servers of the protected resource metadata.';

export const discoveryFindings = {
  'discovery-found': {
    level: 'ok',
    title: 'The authorization server has metadata of its own issuer',
  },
  'discovery-missing': {
    level: 'problem',
    title: 'The authorization server has no metadata',
    why: 'Clients tried every address that the specification names. Often a part of the issuer is missing (/realms/NAME, /oauth2/default, /v2.0), or there is a slash too many.',
    cure: `Name the issuer exactly as the discovery document of your provider has it. ${setIt}`,
    page: order,
    topic: 'issuer',
  },
  'discovery-login': {
    level: 'problem',
    title: 'The metadata of the authorization server needs a login itself',
    why: 'Clients read it to find the login, so they have no token yet.',
    cure: 'Exclude /.well-known/ from what protects the authorization server: an access proxy, a firewall, basic authentication.',
    page: order,
  },
  'discovery-not-json': {
    level: 'problem',
    title: 'The metadata of the authorization server is not a JSON object',
    why: 'Clients stop here. A web page means that this is the address of a login page or of a console, not the issuer.',
    cure: `Name the issuer exactly as the discovery document of your provider has it. ${setIt}`,
    page: 'https://www.rfc-editor.org/rfc/rfc8414#section-3.2',
    topic: 'issuer',
  },
  'discovery-failing': {
    level: 'problem',
    title: 'The authorization server fails to give its metadata',
    why: 'Clients stop here and report an outage.',
    cure: 'Check the state of the provider, and look into its log.',
    page: order,
  },
  'discovery-redirect': {
    level: 'warning',
    title: 'The metadata of the authorization server is behind a redirect',
    why: 'Not every client follows it, and careful servers do not either.',
    cure: 'Name the issuer whose metadata is served directly.',
    page: order,
  },
  'issuer-absent': {
    level: 'problem',
    title: 'The metadata of the authorization server names no issuer',
    why: 'It is required: clients must make sure that the metadata belongs to the issuer.',
    cure: 'Add "issuer" to the metadata, or name the metadata’s real issuer if this is a copy.',
    page: 'https://www.rfc-editor.org/rfc/rfc8414#section-2',
  },
  'issuer-slash': {
    level: 'problem',
    title: 'The issuer differs by a slash at the end',
    why: 'Issuers are compared letter for letter. Clients refuse the metadata, and the server refuses tokens whose "iss" has the other form.',
    cure: `Write the issuer as the metadata of the provider has it. ${setIt}`,
    page: validation,
    topic: 'issuer',
  },
  'issuer-template': {
    level: 'problem',
    title: 'The issuer of the metadata is a template',
    why: 'The metadata serves several tenants, each of which has an issuer of its own. Clients compare the issuer letter for letter and refuse it.',
    cure: `Name the issuer of one tenant, or let the server stand in for the provider (proxy mode). ${setIt}`,
    page: validation,
    topic: 'issuer',
  },
  'issuer-differs': {
    level: 'problem',
    title: 'The metadata belongs to another issuer',
    why: 'Clients must refuse it, because it could be used to send their codes and tokens elsewhere.',
    cure: `If the issuer in the metadata is your provider, name that one. If it is an internal address, set the public address at the provider. ${setIt}`,
    page: validation,
    topic: 'issuer',
  },
  'discovery-differs': {
    level: 'problem',
    title: 'The authorization server has several, different documents',
    why: 'Which one is read depends on the client, so the same login works with some clients and fails with others.',
    cure: 'Serve the same issuer and endpoints in all of them; remove the older one.',
    page: order,
  },
} as const satisfies Catalogue;

const find = findingsOf(discoveryFindings);

export interface AuthorizationServer {
  /** As the protected resource metadata names it. */
  readonly issuer: string;
  /** Where the metadata was read. */
  readonly url: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Where clients look, in their order (MCP, Authorization Server Metadata Discovery). */
function metadataLocations(issuer: string): string[] {
  const { origin, pathname } = new URL(issuer);
  // One slash: what else is doubled is the mistake that has to be seen.
  const path = pathname.replace(/\/$/, '');
  return [
    ...new Set([
      `${origin}/.well-known/oauth-authorization-server${path}`,
      `${origin}/.well-known/openid-configuration${path}`,
      `${origin}${path}/.well-known/openid-configuration`,
    ]),
  ];
}

/**
 * @param from the document that names the issuer
 * @returns no value where clients cannot go on
 */
export async function checkDiscovery(
  issuer: string,
  from: string,
  { http }: Tools,
): Promise<Checked<AuthorizationServer | undefined>> {
  const answers = await Promise.all(metadataLocations(issuer).map((url) => http.read(url, from)));
  const documents = answers.flatMap((answer) => {
    if (answer.failed !== undefined || answer.status !== 200) return [];
    const document = objectOf(answer);
    return document === undefined ? [] : [{ answer, document }];
  });
  const [first] = documents;
  if (first === undefined) return { findings: [explainAbsence(answers)], value: undefined };

  const { answer, document } = first;
  const problem = compareIssuer(issuer, document.issuer, answer.url);
  if (problem !== undefined) return { findings: [problem], value: undefined };
  const findings = [
    ...documents.slice(1).flatMap((other) => compare(first, other)),
    ...(answer.hops.length > 0
      ? [find('discovery-redirect', { address: answer.hops[0], to: answer.url })]
      : []),
  ];
  if (findings.length === 0) findings.push(find('discovery-found', { issuer, at: answer.url }));
  return { findings, value: { issuer, url: answer.url, metadata: document } };
}

function explainAbsence(answers: readonly (Answer | Failure)[]): Finding {
  const seen = Object.fromEntries(
    answers.map((answer) => [answer.hops[0] ?? answer.url, describe(answer)] as const),
  );
  const telling = answers.find((answer) => answer.failed !== undefined || answer.status !== 404);
  if (telling === undefined) return find('discovery-missing', seen);
  if (telling.failed !== undefined) return networkFinding(telling, 'the authorization server');
  if (telling.status === 200) return find('discovery-not-json', seen);
  if (telling.status === 401 || telling.status === 403) return find('discovery-login', seen);
  return find(telling.status >= 500 ? 'discovery-failing' : 'discovery-missing', seen);
}

function describe(answer: Answer | Failure): string {
  if (answer.failed !== undefined) return `no answer (${answer.detail})`;
  return answer.status === 200 ? describeBody(answer) : `status ${answer.status}`;
}

function compareIssuer(asked: string, found: unknown, at: string): Finding | undefined {
  if (found === asked) return undefined;
  if (typeof found !== 'string' || found === '') {
    return find('issuer-absent', { asked, found: spell(found), at });
  }
  const slash = describeSlash(asked, found);
  const seen = { asked, found, difference: slash, at };
  if (slash !== undefined) return find('issuer-slash', seen);
  return find(found.includes('{') ? 'issuer-template' : 'issuer-differs', seen);
}

type Read = { readonly answer: Answer; readonly document: Readonly<Record<string, unknown>> };

function compare(first: Read, other: Read): Finding[] {
  const members = ['issuer', 'authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const;
  const member = members.find(
    (name) =>
      other.document[name] !== undefined &&
      first.document[name] !== undefined &&
      spell(other.document[name]) !== spell(first.document[name]),
  );
  if (member === undefined) return [];
  return [
    find('discovery-differs', {
      member,
      [first.answer.url]: spell(first.document[member]),
      [other.answer.url]: spell(other.document[member]),
    }),
  ];
}
