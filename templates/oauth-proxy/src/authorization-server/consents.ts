// What people have allowed before, so that they are not asked the same question twice.
import type { Records } from '../store/records.js';
import { lifetimes } from './lifetimes.js';

/** What a client asks a person for. */
export interface Question {
  user: string;
  clientId: string;
  redirectUri: string;
  scopes: readonly string[];
}

/** What was allowed with answers to one address. */
interface Consent {
  redirectUri: string;
  scopes: string[];
}

export function keepConsents(records: Records) {
  const keyOf = ({ user, clientId }: Pick<Question, 'user' | 'clientId'>) =>
    `consents:${JSON.stringify([user, clientId])}`;
  const find = async (question: Question) => (await records.get<Consent[]>(keyOf(question))) ?? [];

  return {
    /** Whether the person has said yes to all of this before. */
    async covers(question: Question): Promise<boolean> {
      return !isImpersonable(question) && isWithin(question, await find(question));
    },

    async remember(question: Question): Promise<void> {
      const known = await find(question);
      if (isWithin(question, known)) return records.renew(keyOf(question), lifetimes.consent);
      const { redirectUri } = question;
      const before = known.find((consent) => consent.redirectUri === redirectUri)?.scopes ?? [];
      const others = known.filter((consent) => consent.redirectUri !== redirectUri);
      const scopes = [...new Set([...before, ...question.scopes])];
      await records.set<Consent[]>(
        keyOf(question),
        // A client with a new port each time must not make the list endless.
        [...others, { redirectUri, scopes }].slice(-10),
        lifetimes.consent,
      );
    },

    forget: (user: string, clientId: string) => records.delete(keyOf({ user, clientId })),
  };
}

export type Consents = ReturnType<typeof keepConsents>;

/** Scopes that one address was given are not another's. */
function isWithin({ redirectUri, scopes }: Question, consents: readonly Consent[]): boolean {
  const consent = consents.find((known) => known.redirectUri === redirectUri);
  return consent !== undefined && scopes.every((scope) => consent.scopes.includes(scope));
}

/**
 * Whether any program on the person's computer could pose as the client: its id is public, and the
 * redirect goes to a port or scheme that anybody there can take. Then a person decides each time
 * (RFC 8252 §8.6; MCP, Client ID Metadata Documents: localhost redirect impersonation).
 */
function isImpersonable({ clientId, redirectUri }: Question): boolean {
  return URL.canParse(clientId) && !redirectUri.startsWith('https:');
}
