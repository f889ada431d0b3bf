/** What a simulated provider tells those who show it an access token. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from './simulation.js';
import type { Claims } from './simulation-data.js';
import type { Surroundings } from './simulation-state.js';

/** Of an ID token, what is not about the person. */
const aboutTheToken = ['iss', 'aud', 'azp', 'at_hash', 'nonce', 'token_use', 'ver'];

export function createApis({ data, factsNow, mint, state }: Surroundings) {
  /** @returns undefined where there is no API */
  return (path: string, isUserInfo: boolean, headers: IncomingHttpHeaders): Answer | undefined => {
    const { idToken, token, userInfo = idToken ?? token.claims, apis, ...rules } = data();
    const grant = mint.grantOf(/^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '');
    const nobody = { client: '', scopes: [], resource: undefined, nonce: undefined };
    const facts = { ...factsNow(), ...(grant ?? nobody) };
    const answer = isUserInfo ? { body: describe(userInfo(facts)) } : apis?.(facts)[path];
    if (answer === undefined) return undefined;
    state.seen.apis.push(path);
    if (rules.needsUserAgent && !headers['user-agent']) return { status: 403, body: {} };
    if (grant !== undefined) return { status: 200, ...answer };
    return {
      status: 401,
      // RFC 6750 §3
      headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
      body: rules.apiRefusal ?? { error: 'invalid_token' },
    };
  };
}

function describe(claims: Claims): Claims {
  return Object.fromEntries(
    Object.entries(claims).filter(([name]) => !aboutTheToken.includes(name)),
  );
}
