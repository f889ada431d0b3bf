// Who may log in: OAUTH_ALLOWED_USERS. The provider says who somebody is; this says whether it matters.
import { filledList } from '../settings.js';
import type { User } from './user.js';

/**
 * The setting: `*` for everybody whom the provider lets in, an e-mail address, `@` and the domain of
 * an organization, or the identifier that the provider has for a person.
 */
export const allowedUsersSetting = filledList.refine(
  (rules) => rules.every((rule) => rule === '*' || !rule.includes('*')),
  'must have * alone, or entries without it (a domain is written @example.com)',
);

/** Whether one of the rules is about this person. */
export function isAdmitted(user: User, rules: readonly string[]): boolean {
  return rules.some((rule) => fits(user, rule));
}

function fits({ subject, email, emailVerified, domain }: User, rule: string): boolean {
  if (rule === '*') return true;
  // What has an @ is never compared with identifiers: where people choose theirs, somebody could
  // choose the address of another.
  if (!rule.includes('@')) return rule === subject;
  const wanted = withoutCase(rule);
  // The whole domain, because example.com.evil.example and evilexample.com are others.
  if (wanted.startsWith('@')) return domain !== undefined && `@${withoutCase(domain)}` === wanted;
  // An address that nobody verified is only what somebody typed.
  return emailVerified && email !== undefined && withoutCase(email) === wanted;
}

/** ASCII only: Unicode folds characters that are not the same (U+212A becomes `k`). */
function withoutCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
