// The people of the identity provider: everybody is who they say they are.
import { createHash } from 'node:crypto';

export interface User {
  /** The `sub` claim. */
  id: string;
  name: string;
}

/**
 * `Ada Lovelace` is the user `ada-lovelace`. What such an id cannot say of a name, a hash does:
 * names that differ by more than case and spaces are different users.
 * @returns undefined for an empty name
 */
export function toUser(input: string): User | undefined {
  const name = input.normalize().trim().replace(/\s+/g, ' ').slice(0, 100);
  if (!name) return undefined;
  const lower = name.toLowerCase();
  const plain = lower.normalize('NFKD').replace(/\p{M}/gu, '');
  const slug = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  if (slug.replaceAll('-', ' ') === lower) return { name, id: slug };
  const hash = createHash('sha256').update(lower).digest('hex').slice(0, 8);
  return { name, id: `${slug || 'user'}-${hash}` };
}

/** The claims of the ID token. */
export function claimsOf({ id, name }: User) {
  return {
    sub: id,
    name,
    preferred_username: id,
    email: `${id}@example.test`,
    email_verified: true,
  };
}
