/** Understands what `add` is asked for, before the project is looked at. */

import type { AddFlags } from '../cli.js';
import { closest } from '../closest.js';
import { UsageError } from '../errors.js';
import { commands } from '../grammar.js';
import { invocation } from '../invocation.js';
import type { OptionRow } from '../option.js';
import { type PieceRequest, pieceKinds } from './pieces.js';

/** A login of this kind. */
export interface LoginRequest {
  readonly kind: 'oauth' | 'provider';
  readonly flags: LoginFlags;
}

/** The flags that say how the endpoint is protected. */
export type LoginFlags = Pick<AddFlags, (typeof loginKeys)[number]>;

export const loginKeys = ['provider', 'set', 'authMode', 'issuer', 'audience', 'scopes'] as const;

const features = ['oauth', 'provider', ...pieceKinds] as const;

/** @throws UsageError if there is no such feature, or an option that does not go with it */
export function parseFeature(flags: AddFlags): LoginRequest | PieceRequest {
  const { feature, name, scope } = flags;
  const piece = pieceKinds.find((kind) => kind === feature);
  if (piece !== undefined) {
    refuseOptions(flags, piece, loginKeys);
    return { kind: piece, name, scope };
  }
  if (feature !== 'oauth' && feature !== 'provider') throw unknownFeature(feature);
  refuseOptions(flags, feature, ['scope']);
  const given = loginKeys.flatMap((key) => (flags[key] === undefined ? [] : [[key, flags[key]]]));
  const login: LoginFlags = Object.fromEntries(given);
  if (feature === 'oauth') {
    if (name === undefined) return { kind: 'oauth', flags: login };
    throw new UsageError('ARGUMENTS_EXCESS', {
      what: `"oauth" takes no name, and ${JSON.stringify(name)} was given`,
      why: 'The preset of an identity provider is named by an option.',
      fix: `Run: ${invocation} add oauth --provider ${name}`,
    });
  }
  refuseOptions(flags, feature, ['provider']);
  if (name !== undefined) return { kind: 'provider', flags: { ...login, provider: name } };
  throw new UsageError('NAME_MISSING', {
    what: 'No provider was named',
    why: '"add provider" takes the id of a preset.',
    fix: `Run: ${invocation} providers`,
  });
}

function unknownFeature(feature: string | undefined): UsageError {
  const [near] = feature === undefined ? [] : closest(feature, features);
  return new UsageError('FEATURE_UNKNOWN', {
    what:
      feature === undefined
        ? 'Nothing was named that could be added'
        : `${JSON.stringify(feature)} cannot be added`,
    why: `This version adds ${features.join(', ')}.`,
    fix: `${near === undefined ? '' : `Did you mean ${near}? `}Run: ${invocation} add --help`,
  });
}

function refuseOptions(flags: AddFlags, feature: string, keys: readonly (keyof AddFlags)[]): void {
  const rows: Readonly<Record<string, OptionRow>> = commands.add.options;
  const foreign = keys.find((key) => flags[key] !== undefined);
  if (foreign === undefined) return;
  throw new UsageError('OPTION_CONFLICT', {
    what: `"add ${feature}" does not take ${rows[foreign]?.name}`,
    why: foreign === 'scope' ? 'It is for tools.' : 'It says how people log in.',
    fix: `Leave it out, or run: ${invocation} add --help`,
  });
}
