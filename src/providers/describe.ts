/** Shows presets to people, in a terminal. */
import { invocation, quote } from '../command.js';
import { defaultAudience, exampleName } from '../defaults.js';
import { lines, section } from '../report.js';
import type { Style } from '../terminal.js';
import { availableModes } from './index.js';
import { passagesFor } from './passages.js';
import { describeRegistration } from './table.js';
import type { AuthMode, Provider } from './types.js';
import { fill } from './variables.js';

/** A table: a line for each preset. */
export function describeProviders(providers: readonly Provider[], style: Style): string {
  const header = ['ID', 'MODE', 'REGISTRATION', 'ASKS FOR', 'NAME'];
  const rows = providers.map((provider) => [
    provider.id,
    provider.mode,
    describeRegistration(provider),
    provider.variables.map(({ name }) => name).join(', ') || '-',
    provider.title,
  ]);
  const widths = header.map((_, column) =>
    Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const spell = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return lines([
    style.dim(spell(header)),
    ...rows.map(spell),
    '',
    `To learn about one: ${invocation} providers <id>`,
  ]);
}

/** Everything a user needs to know to choose one preset and to prepare the provider. */
export function describeProvider(provider: Provider, style: Style): string {
  const { title, summary, mode, modes, modeReason, variables, issuer, scopes } = provider;
  const shown = usableMode(provider) ?? mode;
  const facts = [
    ['Modes', modes.map((each) => (each === mode ? `${each} (default)` : each)).join(', ')],
    ['Registration', describeRegistration(provider)],
    ['Issuer', issuer || 'what --issuer says'],
    ['Scopes by default', scopes.default.join(' ') || '-'],
    ['Other names', provider.aliases.join(', ')],
  ] as const;
  return lines([
    `${style.bold(title)}: ${summary}`,
    '',
    modeReason,
    '',
    ...facts
      .filter(([, value]) => value !== '')
      .map(([name, value]) => `${name.padEnd(20)}${value}`),
    ...section(
      'Settings',
      variables.map(
        ({ name, title: what, example, where, default: usual }) =>
          `${name}  ${what}, such as ${example}${usual === undefined ? '' : `; default ${usual}`}. ${where}`,
      ),
    ),
    ...section(
      shown === mode ? 'What to do at the provider' : `What to do at the provider (${shown})`,
      passagesFor(provider.steps, shown).map(
        (step, index) => `${index + 1}. ${fill(step, { resource: defaultAudience })}`,
      ),
    ),
    ...section('Not checked against the vendor’s pages', passagesFor(provider.unverified, shown)),
    ...section('To use it', [spellUse(provider)]),
  ]);
}

/** The default mode, or else the best that there is already. */
function usableMode({ mode, modes }: Provider): AuthMode | undefined {
  return [mode, ...modes].find((candidate) => availableModes.includes(candidate));
}

/** A command that chooses the preset, in a mode that there is already. */
function spellUse(provider: Provider): string {
  const { id, mode, variables, issuer } = provider;
  const usable = usableMode(provider);
  if (usable === undefined) return `Wait for a version that has the auth mode "${mode}".`;
  return [
    `${invocation} ${exampleName} --provider ${id}`,
    ...(issuer === '' ? ['--issuer https://id.example.com'] : []),
    ...variables
      .filter((variable) => variable.default === undefined)
      .map(({ name, example }) => `--set ${quote(`${name}=${example}`)}`),
    ...(usable === mode ? [] : [`--auth-mode ${usable}`]),
  ].join(' ');
}
