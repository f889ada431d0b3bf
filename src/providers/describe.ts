/** Shows presets to people, in a terminal. */
import { quote } from '../command.js';
import { defaultAudience, exampleName } from '../defaults.js';
import { invocation } from '../invocation.js';
import { lines, section } from '../report.js';
import type { Style } from '../terminal.js';
import { wrap } from '../wrap.js';
import { passagesFor } from './passages.js';
import { plainText } from './plain-text.js';
import { describeRegistration, describeSettings } from './table.js';
import type { AuthMode, Provider, Variable } from './types.js';
import { fill, neededVariables } from './variables.js';

/** A table: a line for each preset. */
export function describeProviders(providers: readonly Provider[], style: Style): string {
  const header = ['ID', 'MODE', 'REGISTRATION', 'ASKS FOR', 'NAME'];
  const rows = providers.map((provider) => [
    provider.id,
    provider.mode,
    describeRegistration(provider),
    describeSettings(provider).join(', ') || '-',
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
  const { title, summary, mode, modes, modeReason, variables, issuer, upstream } = provider;
  const proxy = mode === 'proxy';
  const scopes = proxy ? ['mcp:use'] : provider.scopes.default;
  const facts = [
    ['Modes', modes.map((each) => (each === mode ? `${each} (default)` : each)).join(', ')],
    ['Registration', describeRegistrations(provider)],
    ['PKCE', provider.silentAboutPkce ? 'not announced: clients refuse it, except by proxy' : ''],
    ['Issuer', issuer || 'what --issuer says'],
    ['Scopes by default', scopes.join(' ') || '-'],
    ['Requested there', proxy ? (upstream?.scopes.join(' ') ?? '') : ''],
    ['Other names', provider.aliases.join(', ')],
  ] as const;
  return lines([
    `${style.bold(title)}: ${summary}`,
    '',
    ...wrap(plainText(modeReason), style.width),
    '',
    ...facts
      .filter(([, value]) => value !== '')
      .map(([name, value]) => `${name.padEnd(20)}${value}`),
    ...section(
      'Settings',
      layOut(
        variables.map((variable) => describeVariable(variable, provider)),
        style,
      ),
    ),
    ...describeSteps(provider, style),
    ...section(
      'Not checked against the vendor’s pages',
      layOut(passagesFor(provider.unverified, mode), style),
    ),
    ...section('To use it', [spellUse(provider)]),
  ]);
}

/** How clients get an id in the default mode, and in others where that is different. */
function describeRegistrations(provider: Provider): string {
  const usual = describeRegistration(provider);
  const others = provider.modes.filter((mode) => describeRegistration(provider, mode) !== usual);
  const [other] = others;
  if (other === undefined) return usual;
  return `${usual}; in the mode ${others.join(' or ')}: ${describeRegistration(provider, other)}`;
}

/** What to do at the provider: once for the modes that share it, those of the default mode first. */
function describeSteps({ steps, mode, modes }: Provider, style: Style): string[] {
  const byText = new Map<string, { steps: string[]; modes: AuthMode[] }>();
  for (const each of new Set([mode, ...modes])) {
    const own = passagesFor(steps, each);
    const key = own.join('\n');
    const known = byText.get(key);
    if (known === undefined) byText.set(key, { steps: own, modes: [each] });
    else known.modes.push(each);
  }
  return [...byText.values()].flatMap((variant) =>
    section(
      byText.size === 1
        ? 'What to do at the provider'
        : `What to do at the provider, in the mode ${variant.modes.join(' or ')}`,
      layOut(
        variant.steps.map(
          (step, index) => `${index + 1}. ${fill(step, { resource: defaultAudience })}`,
        ),
        style,
      ),
    ),
  );
}

/** Paragraphs below a heading, which indents them by two. */
function layOut(paragraphs: readonly string[], { width }: Style): string[] {
  return paragraphs.flatMap((text) => wrap(plainText(text), width && width - 2, '', '   '));
}

function describeVariable(variable: Variable, provider: Provider): string {
  const { name, title, example, where, default: usual } = variable;
  const asking = provider.modes.filter((mode) =>
    neededVariables(provider, mode, {}).includes(variable),
  );
  return [
    `${name}  ${title}, such as ${example}`,
    ...(usual === undefined ? [] : [`default ${usual}`]),
    ...(asking.length === provider.modes.length
      ? []
      : [`for the mode ${asking.join(' or ')} only`]),
  ]
    .join('; ')
    .concat(`. ${where}`);
}

/** A command that chooses the preset, in its own mode. */
function spellUse(provider: Provider): string {
  const { id, mode, issuer } = provider;
  return [
    `${invocation} ${exampleName} --provider ${id}`,
    ...(issuer === '' ? ['--issuer https://id.example.com'] : []),
    ...neededVariables(provider, mode, {})
      .filter((variable) => variable.default === undefined)
      .map(({ name, example }) => `--set ${quote(`${name}=${example}`)}`),
  ].join(' ');
}
