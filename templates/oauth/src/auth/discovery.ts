// Finding the authorization server's metadata at start, and making sure that it is the right one.
import type { z } from 'zod';
import { log } from '../log.js';
import { isLoopback } from '../settings.js';
import { type Fetching, FetchProblem, fetchJson, retrying } from './fetch-json.js';
import { isSameIssuer } from './issuer.js';
import { SetupError } from './problems.js';
import { metadataShape } from './server-metadata.js';

/**
 * What the metadata says that this server depends on (RFC 8414 §2). `issuer` is the canonical one:
 * byte for byte what tokens must say.
 */
export type AuthorizationServer = z.output<typeof metadataShape>;

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

/** Where some providers have their RFC 8414 metadata, appended as OpenID Connect does it. */
function oddLocations(issuer: string): string[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/+$/, '');
  return path === '' ? [] : [`${origin}${path}/.well-known/oauth-authorization-server`];
}

/**
 * Finds the authorization server behind OAUTH_ISSUER_URL.
 * @throws {SetupError} saying which address answered what
 */
export async function discover(issuer: string, fetching: Fetching): Promise<AuthorizationServer> {
  const found = await retrying(fetching, async () => {
    const misses: Miss[] = [];
    const odd = oddLocations(issuer);
    for (const location of [...metadataLocations(issuer), ...odd]) {
      const answer = await look(location, issuer, fetching);
      if ('issuer' in answer) {
        if (odd.includes(location)) {
          log.warn({ location }, 'The metadata is where MCP clients do not look for it');
        }
        return answer;
      }
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
    `OAUTH_ISSUER_URL is ${issuer}: ${hints[worst ?? 'metadata_missing']}`,
  ]);
}

/** When locations fail for different reasons, the one that tells most about the mistake. */
const severity = [
  'issuer_mismatch',
  'metadata_unreachable',
  'metadata_invalid',
  'metadata_missing',
] as const;

/** What may be wrong with the setting. */
const hints: Record<Miss['problem'], string> = {
  issuer_mismatch: 'set it to the issuer that is named, if that is your provider.',
  metadata_unreachable: 'check it, and that this machine can reach it.',
  metadata_invalid: 'check that it is the issuer, and not the address of a page.',
  metadata_missing: 'check it; often its path is missing.',
};

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
      const wrong = metadata.error.issues.map(({ path }) => path[0] ?? 'object');
      const members = [...new Set(wrong)].join(' and ');
      const reason = `${location} answered JSON without a valid ${members}.`;
      return { problem: 'metadata_invalid', reason };
    }
    const { issuer: found } = metadata.data;
    // RFC 8414 §3.3: metadata that names another issuer MUST NOT be used.
    if (!isSameIssuer(found, issuer)) {
      return { problem: 'issuer_mismatch', reason: `${location} belongs to the issuer ${found}.` };
    }
    return metadata.data;
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
      'The metadata spells OAUTH_ISSUER_URL in another way, and tokens have to follow the metadata',
    );
  }
  const { issuer: _, ...addresses } = server;
  for (const [name, address] of Object.entries(addresses)) {
    if (typeof address !== 'string') continue;
    // RFC 8414 §2: what comes over an unprotected connection would make every check pointless.
    if (new URL(address).protocol !== 'https:' && !isLoopback(new URL(address))) {
      throw new SetupError('metadata_invalid', [`Its ${name}, ${address}, is not https.`]);
    }
  }
  return server;
}
