/** What the presets know about a provider that is recognised by its issuer. */
import { providers } from '../providers/index.js';
import { spellProxy } from '../providers/pkce.js';
import type { Provider } from '../providers/types.js';
import { fill, type Values } from '../providers/variables.js';
import type { Finding, Topic } from './finding.js';
import { clean } from './text.js';

export interface Recognised {
  readonly provider: Provider;
  /** Those of the preset's variables that the issuer tells. */
  readonly values: Values;
}

/** Advice of a preset about a finding. */
export interface Advice {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** The vendor's page; absent where the preset has none. */
  readonly page?: string;
}

/** No issuer is longer; patterns are not run on what strangers make up beyond that. */
const longest = 255;

/** Whose issuer it is: the vendor's host, or a form that only one preset has. */
export function recognise(issuer: string): Recognised | undefined {
  if (issuer.length > longest || !URL.canParse(issuer)) return undefined;
  const { hostname } = new URL(issuer);
  const matches = providers.flatMap((provider) => {
    const values = matchTemplate(provider.issuer, provider, issuer);
    const known = provider.hosts !== undefined && new RegExp(provider.hosts).test(hostname);
    return known || (provider.hosts === undefined && values !== undefined)
      ? [{ provider, values: values ?? {} }]
      : [];
  });
  return matches[0];
}

/**
 * Compares a text with a preset's template, in which `{name}` stands for a variable.
 *
 * @param known values that are fixed already
 * @returns the variables' values, or undefined if the text has another form; one slash at the end
 *   does not count
 */
export function matchTemplate(
  template: string,
  { variables }: Provider,
  text: string,
  known: Values = {},
): Values | undefined {
  if (template === '' || text.length > longest) return undefined;
  const parts = template.replace(/\/$/, '').split(/\{(\w+)\}/);
  const source = parts.map((part, index) => {
    if (index % 2 === 0) return escapePattern(part);
    const fixed = known[part];
    if (fixed !== undefined) return escapePattern(fixed);
    const { pattern = '[^/]+' } = variables.find(({ name }) => name === part) ?? {};
    return `(?<${part}>${pattern.replace(/^\^|\$$/g, '')})`;
  });
  const match = new RegExp(`^${source.join('')}/?$`).exec(text);
  return match === null ? undefined : { ...match.groups };
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** @param resource what tokens are to be issued for */
export function adviceFor(
  { topic, seen }: Finding,
  { provider, values }: Recognised,
  resource: string,
): Advice | undefined {
  if (topic === undefined) return undefined;
  const text = texts[topic](provider, Object.values(seen).join(' '));
  if (text === '') return undefined;
  const { id, title, pages } = provider;
  // The values come from strangers; the text does not, and may be long.
  const shown = Object.entries({ ...values, resource }).map(([name, value]) => [
    name,
    clean(value),
  ]);
  const plain = fill(text, Object.fromEntries(shown)).replaceAll('**', '');
  return { id, title, text: plain, ...(pages[0] && { page: pages[0].url }) };
}

const texts: Readonly<Record<Topic, (provider: Provider, seen: string) => string>> = {
  issuer: ({ issuer }) => (issuer === '' ? '' : `Its issuer is ${issuer}`),
  pkce: (provider) =>
    provider.silentAboutPkce ? `This is how the provider is. ${spellProxy(provider)}` : '',
  registration: (provider, seen) =>
    [cureOf(provider, seen), provider.registration.manual].filter(Boolean).join(' '),
  scopes: (provider, seen) =>
    [cureOf(provider, seen), provider.scopes.explanation].filter(Boolean).join(' '),
  audience: ({ audience }) => audience.explanation,
  'token-format': ({ tokenFormat }) => tokenFormat,
  errors: cureOf,
};

/** What the preset says about the provider's own error message; empty if it does not know it. */
function cureOf({ errors }: Provider, seen: string): string {
  const words = new Set(wordsIn(seen));
  const scored = errors.map(({ message, cure }) => {
    const own = wordsIn(message);
    const shared = own.filter((word) => words.has(word)).length;
    // Numbered codes (AADSTS9010010) decide alone.
    const code = own.some((word) => /^[a-z]+\d{4,}$/.test(word) && words.has(word));
    return { cure, score: code ? 1 : shared / Math.max(own.length, 1) };
  });
  const best = scored.sort((a, b) => b.score - a.score)[0];
  return best !== undefined && best.score >= 0.6 ? best.cure : '';
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9_]{3,}/g) ?? [];
}
