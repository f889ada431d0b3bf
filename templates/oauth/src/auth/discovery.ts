// Finding the authorization server's metadata at start, and making sure that it is the right one.
import { z } from 'zod';
import { log } from '../log.js';
import { isLoopback } from '../settings.js';
import { type Fetching, FetchProblem, fetchJson, retrying } from './fetch-json.js';
import { SetupError } from './problems.js';

export interface AuthorizationServer {
  /** The canonical issuer: byte for byte what the metadata says, and what tokens must say. */
  issuer: string;
  jwksUri: string;
}

/** The part of the metadata that a resource server depends on (RFC 8414 §2). */
const metadataShape = z.object({ issuer: z.string(), jwks_uri: z.url() });

/**
 * The places where the metadata of `issuer` may be, in the order in which MCP clients try them
 * (MCP, Authorization: Authorization Server Metadata Discovery).
 */
export function metadataLocations(issuer: string): string[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/+$/, '');
  const locations = [
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${origin}/.well-known/openid-configuration${path}`,
    `${origin}${path}/.well-known/openid-configuration`,
  ];
  return [...new Set(locations)];
}

/**
 * Finds the authorization server behind OAUTH_ISSUER_URL.
 * @throws {SetupError} saying which address answered what
 */
export async function discover(issuer: string, fetching: Fetching): Promise<AuthorizationServer> {
  const found = await retrying(fetching, async () => {
    const misses: Miss[] = [];
    for (const location of metadataLocations(issuer)) {
      const answer = await look(location, issuer, fetching);
      if ('issuer' in answer) return answer;
      misses.push(answer);
    }
    // Only silence is worth another try; a wrong answer will be the same answer.
    const again = misses.some(({ problem }) => problem === 'metadata_unreachable');
    return again ? { again, value: misses } : misses;
  });
  if (!Array.isArray(found)) return accept(found, issuer);

  const worst = severity.find((problem) => found.some((miss) => miss.problem === problem));
  throw new SetupError(worst ?? 'metadata_missing', [
    ...found.map(({ reason }) => reason),
    `OAUTH_ISSUER_URL is ${issuer}: check it, and that this machine can reach it.`,
  ]);
}

/** When locations fail for different reasons, the one that tells most about the mistake. */
const severity = [
  'issuer_mismatch',
  'metadata_unreachable',
  'metadata_invalid',
  'metadata_missing',
] as const;

interface Miss {
  problem: (typeof severity)[number];
  reason: string;
}

async function look(
  location: string,
  issuer: string,
  fetching: Fetching,
): Promise<AuthorizationServer | Miss> {
  try {
    const metadata = metadataShape.safeParse(await fetchJson(location, fetching));
    if (!metadata.success) {
      const reason = `${location} answered JSON without a valid issuer and jwks_uri.`;
      return { problem: 'metadata_invalid', reason };
    }
    const { issuer: found, jwks_uri: jwksUri } = metadata.data;
    // RFC 8414 §3.3: metadata that names another issuer MUST NOT be used.
    if (!isSameIssuer(found, issuer)) {
      return { problem: 'issuer_mismatch', reason: `${location} belongs to the issuer ${found}.` };
    }
    return { issuer: found, jwksUri };
  } catch (error) {
    if (!(error instanceof FetchProblem)) throw error;
    return { problem: `metadata_${error.kind}`, reason: `${location} ${error.message}.` };
  }
}

function accept(server: AuthorizationServer, configured: string): AuthorizationServer {
  if (server.issuer !== configured) {
    const { issuer } = server;
    log.info(
      { issuer, configured },
      'OAUTH_ISSUER_URL differs from the canonical issuer by a slash',
    );
  }
  const { protocol } = new URL(server.jwksUri);
  // RFC 8414 §2: keys that come over an unprotected connection would make every check pointless.
  if (protocol !== 'https:' && !isLoopback(new URL(server.jwksUri))) {
    throw new SetupError('metadata_invalid', [`Its jwks_uri, ${server.jwksUri}, is not https.`]);
  }
  return server;
}

/** RFC 8414 §3.3 wants identity; people write a URL with and without its last slash. */
function isSameIssuer(found: string, configured: string): boolean {
  return found === configured || found === `${configured}/` || `${found}/` === configured;
}
