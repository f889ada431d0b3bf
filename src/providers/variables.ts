/** The values that differ from customer to customer, and the texts they belong into. */
import { UsageError } from '../errors.js';
import type { AuthMode, Provider, Variable } from './types.js';

export type Values = Readonly<Record<string, string>>;

/** Fills `{name}` in; what has no value stays as it is. */
export function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/**
 * The variables of a preset that a project needs a value for. A proxy issues tokens of its own: how
 * those of the provider name their audience and scopes does not concern it.
 *
 * @param given what makes a variable unnecessary: an issuer, audience or scopes of the user's own
 */
export function neededVariables(
  { variables, issuer, audience, scopes, upstream }: Provider,
  mode: AuthMode,
  given: { readonly issuer?: string; readonly audience?: string; readonly scopes?: string },
): readonly Variable[] {
  const ownIssuer = given.issuer === undefined ? issuer : '';
  const texts =
    mode === 'proxy'
      ? [ownIssuer, ...(upstream?.scopes ?? [])]
      : [
          ownIssuer,
          given.audience === undefined ? audience.value : '',
          given.scopes === undefined ? scopes.default.join(' ') : '',
        ];
  return variables.filter(({ name }) => texts.some((text) => text.includes(`{${name}}`)));
}

/** @throws UsageError if a value does not look like one of this variable */
export function checkVariable(variable: Variable, value: string): string {
  if (new RegExp(`^(?:${variable.pattern})$`).test(value)) return value;
  throw new UsageError('VARIABLE_INVALID', {
    what: `${JSON.stringify(value)} is not a valid ${variable.name}`,
    why: `${variable.title} looks like ${variable.example}.`,
    fix: variable.where,
    option: '--set',
  });
}

/**
 * Reads `--set name=value`.
 *
 * @returns a value for each variable that was given one
 * @throws UsageError for what is no assignment, no variable of the preset, or given twice
 */
export function parseAssignments(provider: Provider, assignments: readonly string[]): Values {
  const values: Record<string, string> = {};
  for (const assignment of assignments) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(assignment) ?? [];
    if (name === undefined || value === undefined) throw notAnAssignment(provider, assignment);
    const variable = provider.variables.find((candidate) => candidate.name === name);
    if (variable === undefined) throw notAVariable(provider, name);
    if (name in values) {
      throw new UsageError('OPTION_REPEATED', {
        what: `--set ${name} was given twice`,
        why: `It has one value; ${JSON.stringify(values[name])} and ${JSON.stringify(value)} were given.`,
        fix: 'Leave one of them out.',
        option: '--set',
      });
    }
    values[name] = checkVariable(variable, value);
  }
  return values;
}

function notAnAssignment({ variables }: Provider, given: string): UsageError {
  const [{ name, example } = { name: 'name', example: 'value' }] = variables;
  return new UsageError('OPTION_INVALID', {
    what: `--set ${JSON.stringify(given)} is no assignment`,
    why: 'It takes the name of a setting and its value, with "=" between them.',
    fix: `Write it like this: --set ${name}=${example}`,
    option: '--set',
  });
}

function notAVariable({ title, variables }: Provider, name: string): UsageError {
  const known = variables.map((variable) => `--set ${variable.name}=${variable.example}`);
  return new UsageError('VARIABLE_UNKNOWN', {
    what: `${title} has no setting ${JSON.stringify(name)}`,
    why: known.length === 0 ? 'This preset has none.' : `It knows ${known.join(', ')}.`,
    fix:
      known.length === 0
        ? 'Leave --set out, or name the preset that it belongs to with --provider.'
        : 'Use one of them.',
    option: '--set',
    choices: variables.map((variable) => `${variable.name}=${variable.example}`),
  });
}
