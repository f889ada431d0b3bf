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

interface Consent {
  redirectUris: string[];
  scopes: string[];
}

export function keepConsents(records: Records) {
  const keyOf = ({ user, clientId }: Pick<Question, 'user' | 'clientId'>) =>
    `consent:${JSON.stringify([user, clientId])}`;

  return {
    /** Whether the person has said yes to all of this before. */
    async covers(question: Question): Promise<boolean> {
      if (isImpersonable(question)) return false;
      return isWithin(question, await records.get<Consent>(keyOf(question)));
    },

    async remember(question: Question): Promise<void> {
      const known = await records.get<Consent>(keyOf(question));
      if (isWithin(question, known)) return records.renew(keyOf(question), lifetimes.consent);
      const redirectUris = new Set([...(known?.redirectUris ?? []), question.redirectUri]);
      const scopes = new Set([...(known?.scopes ?? []), ...question.scopes]);
      await records.set<Consent>(
        keyOf(question),
        // A client with a new port each time must not make the list endless.
        { redirectUris: [...redirectUris].slice(-10), scopes: [...scopes] },
        lifetimes.consent,
      );
    },

    forget: (user: string, clientId: string) => records.delete(keyOf({ user, clientId })),
  };
}

export type Consents = ReturnType<typeof keepConsents>;

function isWithin({ redirectUri, scopes }: Question, consent: Consent | undefined): boolean {
  if (consent === undefined) return false;
  const { redirectUris } = consent;
  return (
    redirectUris.includes(redirectUri) && scopes.every((scope) => consent.scopes.includes(scope))
  );
}

/**
 * Whether any program on the person's computer could pose as the client: its id is public, and the
 * redirect goes to a port or scheme that anybody there can take. Then a person decides each time
 * (RFC 8252 §8.6; MCP, Client ID Metadata Documents: localhost redirect impersonation).
 */
function isImpersonable({ clientId, redirectUri }: Question): boolean {
  return URL.canParse(clientId) && !redirectUri.startsWith('https:');
}
