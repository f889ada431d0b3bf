/** A preset with its variables filled in, as simulations need it. */
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

/** The modes in which MCP clients are clients of the provider itself. */
export function directModes({ modes }: Provider): AuthMode[] {
  return modes.filter((mode) => mode !== 'proxy');
}

/** The issuer of presets that leave it to the user. */
export const anyIssuer = 'https://login.example.com';

/** @param given values of variables, instead of the preset's examples */
export function presetOf(
  { variables, issuer, audience, scopes, tokenIssuer }: Provider,
  given: Values = {},
): Preset {
  const values = Object.fromEntries(
    variables.map(({ name, example, default: usual }) => [name, given[name] ?? usual ?? example]),
  );
  const filled = fill(issuer || anyIssuer, values);
  return {
    values,
    path: filled.slice(new URL(filled).origin.length),
    audience: audience.value,
    scopes: scopes.default.map((scope) => fill(scope, values)),
    tokenIssuer: (from) =>
      tokenIssuer ? from.replace(new RegExp(tokenIssuer.from), tokenIssuer.to) : from,
  };
}
