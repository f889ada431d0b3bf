/** What is broken in a server or provider, in a line or two. */
import type { Faults } from '../../support/mcp-server.js';
import type { Simulation } from '../../support/simulation-data.js';

/** How a server differs; its issuer is the provider's unless it says otherwise. */
type Server = Faults | ((issuer: string) => Faults);

export interface Fault {
  /** What must come first, and be the only complaint. */
  readonly first: string;
  readonly name: string;
  readonly server?: Server;
  /** How the provider differs. */
  readonly provider?: Partial<Simulation>;
  /** The preset whose simulation plays the provider; default: oidc. */
  readonly preset?: string;
  /** There is no login. */
  readonly open?: true;
  readonly register?: true;
}

/** A row: a server is broken. */
export const server = (first: string, name: string, faults: Server, preset?: string): Fault => ({
  first,
  name,
  server: faults,
  ...(preset && { preset }),
});

/** A row: its provider is. */
export const provider = (
  first: string,
  name: string,
  differences: Partial<Simulation>,
  preset?: string,
): Fault => ({ first, name, provider: differences, ...(preset && { preset }) });

/** The protected resource metadata, changed. */
export const document = (changes: Record<string, unknown>): Faults => ({
  metadata: (usual) => ({ ...usual, ...changes }),
});

/** The challenge, made from the usual one. */
export const challenge = (write: NonNullable<Faults['challenge']>): Faults => ({
  challenge: write,
});

/** The metadata of an authorization server, changed; undefined takes a member away. */
export const metadata = (changes: Record<string, unknown>): Partial<Simulation> => ({
  document: (facts) => metadataOf(facts, changes),
});

/** The same, with an address where there is nothing. */
export const lost = (member: string): Partial<Simulation> => ({
  document: (facts) => metadataOf(facts, { [member]: new URL('/lost', facts.endpoint).href }),
});

function metadataOf({ base }: { base: string }, changes: Record<string, unknown>) {
  const usual = {
    authorization_endpoint: `${base}/auth`,
    token_endpoint: `${base}/token`,
    registration_endpoint: `${base}/reg`,
    jwks_uri: `${base}/jwks`,
    code_challenge_methods_supported: ['S256'],
  };
  const all = Object.entries({ ...usual, ...changes });
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

export const html = '<!doctype html><title>Welcome</title>';
