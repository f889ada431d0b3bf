/** Shows presets side by side. */
import type { Provider } from './types.js';
import { neededVariables } from './variables.js';

/** How MCP clients get an id, in a few words: at this provider, or at the server that stands in for it. */
export function describeRegistration(
  { mode: usual, registration: { cimd, dcr } }: Provider,
  mode = usual,
): string {
  if (mode === 'proxy') return 'at your server';
  const ways = [...(cimd === 'no' ? [] : ['CIMD']), ...(dcr === 'no' ? [] : ['DCR'])];
  return ways.join(', ') || 'by hand';
}

/** The settings that a preset asks for, in its own mode. */
export function describeSettings(provider: Provider): string[] {
  return neededVariables(provider, provider.mode, {}).map(({ name }) => name);
}

/** A table in Markdown: a row for each preset. */
export function describeInMarkdown(providers: readonly Provider[]): string {
  const rows = providers.map((provider) => {
    const { id, aliases, title, mode } = provider;
    return [
      [id, ...aliases].map(code).join(', '),
      title,
      code(mode),
      describeRegistration(provider),
      describeSettings(provider).map(code).join(', ') || '–',
    ];
  });
  return [
    ['`--provider`', 'Product', 'Mode', 'Registration', '`--set`'],
    Array(5).fill('---'),
    ...rows,
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/**
 * Puts that table between the marks `<!-- providers -->` and `<!-- /providers -->`.
 *
 * @throws Error if the document has no such marks
 */
export function fillProviderTable(document: string, providers: readonly Provider[]): string {
  const section = /(?<=<!-- providers -->\n)[\s\S]*(?=<!-- \/providers -->)/;
  if (!section.test(document)) throw new Error('There are no marks for the table of providers');
  return document.replace(section, () => `\n${describeInMarkdown(providers)}\n\n`);
}

function code(text: string): string {
  return `\`${text}\``;
}
