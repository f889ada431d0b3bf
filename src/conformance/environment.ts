/** What a server has to be told about the provider, and under which names. */
import { UsageError } from '../errors.js';
import type { Provider } from './provider.js';

/** What a template may name. */
export function valuesFor(
  provider: Provider,
  { url, audience, scopes }: { url: string; audience: string; scopes: readonly string[] },
): Readonly<Record<string, string>> {
  const { origin, port, protocol } = new URL(url);
  return {
    issuer: provider.issuer,
    jwks: provider.endpoints.jwks,
    introspection: provider.endpoints.introspection,
    'client-id': provider.client.id,
    'client-secret': provider.client.secret,
    audience,
    scopes: scopes.join(' '),
    url,
    origin,
    port: port || (protocol === 'https:' ? '443' : '80'),
  };
}

/** The names that servers made by this command read. */
const usualVariables: Readonly<Record<string, string>> = {
  OAUTH_ISSUER_URL: '{issuer}',
  OAUTH_AUDIENCE: '{audience}',
  OAUTH_SCOPES: '{scopes}',
  OAUTH_CLIENT_ID: '{client-id}',
  OAUTH_CLIENT_SECRET: '{client-secret}',
  PUBLIC_URL: '{origin}',
  PORT: '{port}',
};

/**
 * Reads `NAME=template`s.
 *
 * @returns templates by name, those given after those that are usual
 * @throws UsageError
 */
export function parseVariables(given: readonly string[]): Readonly<Record<string, string>> {
  const known = ['issuer', 'jwks', 'introspection', 'client-id', 'client-secret'];
  const all = [...known, 'audience', 'scopes', 'url', 'origin', 'port'];
  const own = given.map((text): [string, string] => {
    const [, name, template = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
    const refuse = (what: string, why: string) =>
      new UsageError('OPTION_INVALID', {
        what,
        why,
        fix: 'Write for example: --env AUTH_ISSUER={issuer}',
        option: '--env',
      });
    if (name === undefined) {
      throw refuse(`--env ${JSON.stringify(text)} is no variable`, 'It is a name, =, and a value.');
    }
    for (const [, word = ''] of template.matchAll(/\{([a-z-]*)\}/g)) {
      if (all.includes(word)) continue;
      const why = `There are ${all.map((each) => `{${each}}`).join(', ')}.`;
      throw refuse(`--env ${name} names {${word}}, which nothing is known about`, why);
    }
    return [name, template];
  });
  return { ...usualVariables, ...Object.fromEntries(own) };
}

export function fillVariables(
  templates: Readonly<Record<string, string>>,
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(templates).map(([name, template]) => [
      name,
      template.replace(/\{([a-z-]+)\}/g, (whole, word: string) => values[word] ?? whole),
    ]),
  );
}
