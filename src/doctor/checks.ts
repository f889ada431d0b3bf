/** Every check and every identifier, in the order in which they are gone through. */
import { providers } from '../providers/index.js';
import { authorizationServersFindings } from './authorization-servers.js';
import { browserFindings } from './browsers.js';
import { challengeFindings } from './challenge.js';
import { discoveryFindings } from './discovery.js';
import { endpointFindings } from './endpoint.js';
import { erasFindings } from './eras.js';
import { networkFindings } from './failure.js';
import type { Catalogue } from './finding.js';
import { jwksFindings } from './jwks.js';
import { loginFindings } from './login-findings.js';
import { namesFindings } from './names.js';
import { registrationFindings } from './registration-findings.js';
import { resourceFindings } from './resource.js';
import { resourceMetadataFindings } from './resource-metadata-findings.js';
import { scopeFindings } from './scopes.js';
import { serverMetadataFindings } from './server-metadata.js';
import { enumerate } from './text.js';
import { tokenFindings } from './token-findings.js';

export interface Check {
  /** In JSON, and as the anchor of its section in docs/doctor.md. */
  readonly id: string;
  readonly title: string;
  /** What it does, for docs/doctor.md. */
  readonly about: string;
  readonly findings: Catalogue;
}

const silent = providers.filter((each) => each.silentAboutPkce).map(({ title }) => title);

export const checks = [
  {
    id: 'endpoint',
    title: 'The MCP endpoint',
    about:
      'Sends `initialize` without a token, as a client does first. A server with a login answers 401. One that does not is asked for its tools as well, and to call one that does not exist, by clients of both eras.',
    findings: endpointFindings,
  },
  {
    id: 'challenge',
    title: 'The challenge',
    about: 'Reads the WWW-Authenticate header of the 401 by its grammar.',
    findings: challengeFindings,
  },
  {
    id: 'resource-metadata',
    title: 'The protected resource metadata',
    about:
      'Fetches it from the address in the challenge and from both well-known addresses, and compares the documents.',
    findings: resourceMetadataFindings,
  },
  {
    id: 'resource',
    title: 'The resource',
    about: 'Compares `resource` in the metadata with the address that was asked.',
    findings: resourceFindings,
  },
  {
    id: 'scopes',
    title: 'The scopes',
    about: 'Works out what clients will request, from the challenge and the metadata.',
    findings: scopeFindings,
  },
  {
    id: 'authorization-servers',
    title: 'The authorization servers',
    about: 'Reads which issuers the metadata names; the first three are looked at.',
    findings: authorizationServersFindings,
  },
  {
    id: 'discovery',
    title: 'The metadata of an authorization server',
    about: 'Looks at the three places where clients look, and compares `issuer` letter for letter.',
    findings: discoveryFindings,
  },
  {
    id: 'server-metadata',
    title: 'What an authorization server offers',
    about: `PKCE, endpoints, flows, ways to register, RFC 9207. The token endpoint gets one request that cannot succeed. A server that leaves the login to ${enumerate(silent)} always has \`pkce-missing\`: nothing can be set there, and the way out is \`--auth-mode proxy\`, the default for them.`,
    findings: serverMetadataFindings,
  },
  {
    id: 'jwks',
    title: 'The signing keys',
    about: 'Fetches the key set and tries to import each key.',
    findings: jwksFindings,
  },
  {
    id: 'browsers',
    title: 'Clients in browsers',
    about:
      'Sends what a browser sends for the MCP Inspector: a preflight, and requests with an Origin.',
    findings: browserFindings,
  },
  {
    id: 'names',
    title: 'Names in requests',
    about:
      'Sends a foreign Origin, Host (to servers on this machine only) and X-Forwarded-Host, and tries the address with and without a slash at its end.',
    findings: namesFindings,
  },
  {
    id: 'registration',
    title: 'Registration (`--register`)',
    about:
      'Registers three clients as real ones do: native without scopes, native with the scopes that the server asks for, and a web application; compares what they got, begins a login for each without a person, and deletes them again.',
    findings: registrationFindings,
  },
  {
    id: 'login',
    title: 'Login (`--login`)',
    about: 'Runs the whole flow in your browser, with a redirect to this machine.',
    findings: loginFindings,
  },
  {
    id: 'token',
    title: 'A token (`--token-stdin`, `--token-file`, or that of the login)',
    about:
      'Decodes it on this machine, goes through the checks of a server, and tries it at the server. It is sent nowhere else and never shown.',
    findings: tokenFindings,
  },
  {
    id: 'eras',
    title: 'Protocol eras',
    about:
      'Sends `initialize` (2025) and `server/discover` (2026-07-28), with the token if the server asks for one.',
    findings: erasFindings,
  },
  {
    id: 'network',
    title: 'The network',
    about: 'Any request of any check can fail like this; “what” says what was asked for.',
    findings: networkFindings,
  },
] as const satisfies readonly Check[];

export type CheckId = (typeof checks)[number]['id'];

/** The check that an identifier belongs to. */
export function checkOf(id: string): CheckId {
  const check = checks.find(({ findings }) => Object.hasOwn(findings, id));
  if (check === undefined) throw new Error(`The finding "${id}" belongs to no check`);
  return check.id;
}
