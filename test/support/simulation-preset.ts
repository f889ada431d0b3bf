/** A preset with its variables filled in, as simulations and the projects made for them need it. */
import type { AuthMode, Provider } from '../../src/providers/types.js';
import { fill, type Values } from '../../src/providers/variables.js';

export interface Preset {
  values: Values;
  /** Of the issuer, slash included. */
  path: string;
  /** The audience's value, with `{resource}` for the endpoint. */
  audience: string;
  /** What OAUTH_SCOPES says. */
  scopes: readonly string[];
  /** Which issuer tokens name, given the metadata's. */
  tokenIssuer(issuer: string): string;
}

/** `oidc` leaves the issuer to the user. */
const otherwise = 'https://login.example.com';

export function presetOf({ variables, issuer, audience, scopes, tokenIssuer }: Provider): Preset {
  const values = Object.fromEntries(variables.map(({ name, example }) => [name, example]));
  const filled = fill(issuer || otherwise, values);
  return {
    values,
    path: filled.slice(new URL(filled).origin.length),
    audience: audience.value,
    scopes: scopes.default.map((scope) => fill(scope, values)),
    tokenIssuer: (from) =>
      tokenIssuer ? from.replace(new RegExp(tokenIssuer.from), tokenIssuer.to) : from,
  };
}

/** The command line that makes a project for the preset. */
export function argumentsFor(provider: Provider, mode: AuthMode): string[] {
  return [
    ...['--provider', provider.id, '--auth-mode', mode],
    ...provider.variables.flatMap(({ name, example }) => ['--set', `${name}=${example}`]),
    ...(provider.issuer === '' ? ['--issuer', otherwise] : []),
  ];
}
