// A person, as the provider describes them.
import type { Claims } from '../auth/claims.js';
import { provider } from '../auth/provider.js';
import { LoginFailed } from './errors.js';

export interface User {
  /** What identifies the person at the provider, for good. */
  subject: string;
  name?: string;
  email?: string;
  emailVerified: boolean;
  /** The domain of the person's organization: the provider says it, or a verified address does. */
  domain?: string;
  /** What tools see. */
  claims: Claims;
}

/** What the person goes by on pages. */
export function displayNameOf({ email, name, subject }: User): string {
  return email ?? name ?? subject;
}

/**
 * @param claims whose origin has been checked
 * @throws {LoginFailed} when they identify nobody
 */
export function userOf(claims: Claims): User {
  const email = textIn(claims, 'email');
  const verified = claims[provider.emailVerifiedClaim ?? 'email_verified'];
  // Amazon Cognito's userinfo endpoint writes it as a string.
  const emailVerified = email !== undefined && (verified === true || verified === 'true');
  const name = ['name', 'preferred_username', 'login']
    .map((claim) => textIn(claims, claim))
    .find(Boolean);
  const domain =
    provider.domainClaim === undefined
      ? /@([^@]+)$/.exec(emailVerified ? email : '')?.[1]
      : textIn(claims, provider.domainClaim);
  return {
    subject: subjectOf(claims),
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    emailVerified,
    ...(domain !== undefined && { domain }),
    claims: Object.fromEntries(
      provider.identityClaims.flatMap((claim) =>
        Object.hasOwn(claims, claim) ? [[claim, claims[claim]]] : [],
      ),
    ),
  };
}

/**
 * What identifies the person. GitHub has numbers.
 * @throws {LoginFailed}
 */
function subjectOf(claims: Claims): string {
  const subject = claims[provider.subjectClaim];
  if (typeof subject === 'string' && subject !== '') return subject;
  // Larger ones lose digits: two people would become one.
  if (Number.isSafeInteger(subject)) return String(subject);
  throw new LoginFailed('answer_refused', { reason: `it has no ${provider.subjectClaim}` });
}

function textIn(claims: Claims, name: string): string | undefined {
  const value = claims[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
