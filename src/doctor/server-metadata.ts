/** What the metadata of an authorization server promises to clients (RFC 8414, section 2). */
import { isLoopbackHost } from './addresses.js';
import type { AuthorizationServer } from './discovery.js';
import { networkFinding } from './failure.js';
import { type Catalogue, type Checked, type Finding, findingsOf } from './finding.js';
import { specification } from './specification.js';
import { spell } from './text.js';
import type { Tools } from './tools.js';

const members = 'https://www.rfc-editor.org/rfc/rfc8414#section-2';

export const serverMetadataFindings = {
  'server-metadata-good': {
    level: 'ok',
    title: 'PKCE is announced, and the endpoints are there',
  },
  'pkce-missing': {
    level: 'problem',
    title: 'The authorization server does not announce PKCE',
    why: 'Clients must refuse a provider without code_challenge_methods_supported, even if it supports PKCE and only does not say so.',
    cure: 'Enable PKCE with S256 at the provider. If the provider cannot announce it, let a server that can stand in for it (create-mcp-server: --auth-mode proxy).',
    page: `${specification.security}#authorization-code-protection`,
    topic: 'pkce',
  },
  'pkce-plain': {
    level: 'problem',
    title: 'The authorization server does not offer PKCE with S256',
    why: 'Clients use S256 only; with "plain" whoever sees the request can redeem the code.',
    cure: 'Enable S256 at the provider.',
    page: 'https://www.rfc-editor.org/rfc/rfc7636#section-4.2',
    topic: 'pkce',
  },
  'endpoint-absent': {
    level: 'problem',
    title: 'An endpoint is missing in the metadata',
    why: 'A login needs the authorization endpoint and the token endpoint.',
    cure: 'Complete the metadata at the provider. If this is metadata for another purpose, name another issuer.',
    page: members,
  },
  'endpoint-invalid': {
    level: 'problem',
    title: 'An endpoint in the metadata is not an https URL',
    why: 'Codes, tokens and keys would travel in the open; clients refuse it, except on loopback.',
    cure: 'Correct the address at the provider. Behind a proxy it has to know its public address.',
    page: members,
  },
  'endpoint-localhost': {
    level: 'problem',
    title: 'An endpoint in the metadata is an address of the machine itself',
    why: 'Clients elsewhere look for it on their own machine.',
    cure: 'Set the public address (host name, frontend URL) at the provider.',
    page: members,
  },
  'token-endpoint-missing': {
    level: 'problem',
    title: 'There is nothing at the address of the token endpoint',
    why: 'The login page comes, the person agrees, and then the client cannot redeem its code.',
    cure: 'Correct token_endpoint in the metadata of the provider, or what is in front of it.',
    page: 'https://www.rfc-editor.org/rfc/rfc6749#section-3.2',
  },
  'grant-missing': {
    level: 'problem',
    title: 'The authorization server does not offer the authorization code flow',
    why: 'It is how people log in to MCP clients.',
    cure: 'Enable the grant type authorization_code and the response type code at the provider.',
    page: members,
  },
  'registration-automatic': {
    level: 'ok',
    title: 'Clients can register by themselves',
  },
  'registration-manual': {
    level: 'note',
    title: 'Clients cannot register by themselves',
    why: 'The provider announces neither client ID metadata documents nor dynamic registration. Clients that expect to register fail; with others people have to enter a client id.',
    cure: 'Enable registration at the provider, or register each client by hand and give people its client id, or let a server stand in for the provider (create-mcp-server: --auth-mode proxy).',
    page: specification.registration,
    topic: 'registration',
  },
  'iss-parameter-missing': {
    level: 'note',
    title: 'The authorization server does not name itself in its responses',
    why: 'With "iss" in the response (RFC 9207) clients of several providers notice when one passes for another. It is recommended, and about to be required.',
    cure: 'Enable authorization_response_iss_parameter_supported, if the provider can.',
    page: 'https://www.rfc-editor.org/rfc/rfc9207#section-3',
  },
} as const satisfies Catalogue;

const find = findingsOf(serverMetadataFindings);

/** What registration and login need. */
export interface Endpoints {
  readonly authorization: string;
  readonly token: string;
  readonly registration?: string;
}

/** @returns no value where a login cannot begin */
export async function checkServerMetadata(
  { metadata, url: at, issuer }: AuthorizationServer,
  { http }: Tools,
): Promise<Checked<Endpoints | undefined>> {
  const findings: Finding[] = [...checkPkce(metadata, at), ...checkGrants(metadata, at)];
  const addresses: Record<string, string> = {};
  for (const name of ['authorization_endpoint', 'token_endpoint', 'registration_endpoint']) {
    const value = metadata[name];
    if (value === undefined && name === 'registration_endpoint') continue;
    const problem = problemOf(value, issuer);
    if (problem === undefined) addresses[name] = String(value);
    else findings.push(find(problem, { member: name, found: spell(value), at }));
  }
  // A person's browser would be sent there, past all that keeps this command from asking it.
  const refusal = await refuseVisit(addresses.authorization_endpoint, at, http);
  if (refusal !== undefined) {
    findings.push(refusal);
    delete addresses.authorization_endpoint;
  }
  const { authorization_endpoint, token_endpoint, registration_endpoint } = addresses;
  if (token_endpoint !== undefined)
    findings.push(...(await askTokenEndpoint(token_endpoint, at, http)));
  if (findings.length === 0) findings.push(find('server-metadata-good'));
  findings.push(...checkRegistration(metadata));
  if (metadata.authorization_response_iss_parameter_supported !== true) {
    findings.push(find('iss-parameter-missing', { issuer }));
  }
  const value =
    authorization_endpoint === undefined || token_endpoint === undefined
      ? undefined
      : {
          authorization: authorization_endpoint,
          token: token_endpoint,
          ...(registration_endpoint && { registration: registration_endpoint }),
        };
  return { findings, value };
}

function checkPkce(metadata: AuthorizationServer['metadata'], at: string): Finding[] {
  const methods = metadata.code_challenge_methods_supported;
  if (!Array.isArray(methods) || methods.length === 0) return [find('pkce-missing', { at })];
  return methods.includes('S256') ? [] : [find('pkce-plain', { found: spell(methods), at })];
}

function checkGrants(metadata: AuthorizationServer['metadata'], at: string): Finding[] {
  const wanted = [
    ['grant_types_supported', 'authorization_code'],
    ['response_types_supported', 'code'],
  ] as const;
  return wanted.flatMap(([member, value]) => {
    const given = metadata[member];
    // Absent means the default, which contains it (RFC 8414 §2).
    if (!Array.isArray(given) || given.includes(value)) return [];
    return [find('grant-missing', { member, found: spell(given), missing: value, at })];
  });
}

function problemOf(
  value: unknown,
  issuer: string,
): keyof typeof serverMetadataFindings | undefined {
  if (value === undefined || value === '') return 'endpoint-absent';
  if (typeof value !== 'string' || !URL.canParse(value)) return 'endpoint-invalid';
  const url = new URL(value);
  const loopback = isLoopbackHost(url.hostname);
  if (loopback && !isLoopbackHost(new URL(issuer).hostname)) return 'endpoint-localhost';
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && loopback);
  return secure ? undefined : 'endpoint-invalid';
}

async function refuseVisit(
  url: string | undefined,
  from: string,
  http: Tools['http'],
): Promise<Finding | undefined> {
  const failure = url === undefined ? undefined : await http.refuse(url, from);
  return failure && networkFinding(failure, 'the authorization endpoint');
}

/** A request that cannot succeed shows whether the endpoint is there. */
async function askTokenEndpoint(
  url: string,
  from: string,
  http: Tools['http'],
): Promise<Finding[]> {
  const answer = await http.ask({
    url,
    from,
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=authorization_code',
  });
  if (answer.failed !== undefined) return [networkFinding(answer, 'the token endpoint')];
  const { status } = answer;
  if (status !== 404 && status !== 410 && status !== 405) return [];
  return [find('token-endpoint-missing', { address: url, status: String(status) })];
}

function checkRegistration(metadata: AuthorizationServer['metadata']): Finding[] {
  const ways = [
    ...(metadata.client_id_metadata_document_supported === true
      ? ['client ID metadata documents']
      : []),
    ...(typeof metadata.registration_endpoint === 'string' ? ['dynamic registration'] : []),
  ];
  if (ways.length === 0) return [find('registration-manual')];
  return [find('registration-automatic', { by: ways.join(', ') })];
}
