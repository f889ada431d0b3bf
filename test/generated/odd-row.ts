// What is odd about a provider, and what becomes of a server that uses it.
import type { Oddities } from '../support/odd-provider.js';

export interface Row extends Oddities {
  name: string;
  /** How OAUTH_ISSUER_URL is written; by default as in the metadata. */
  configured?(issuer: string): string;
  settings?: Record<string, string>;
  /** How a request with a token is answered; by default it is served. */
  answer?: [status: number, message: string];
  /** The server does not start, and says all this. */
  says?: string[];
}
