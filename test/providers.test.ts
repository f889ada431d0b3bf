/** The rules that every preset keeps. */
import { describe, expect, it } from 'vitest';
import { resolveOAuth } from '../src/oauth-options.js';
import { describeErrors, describeSetup } from '../src/providers/guide.js';
import {
  availableModes,
  defaultProvider,
  findProvider,
  providers,
} from '../src/providers/index.js';
import { stepsFor } from '../src/providers/steps.js';
import type { Provider } from '../src/providers/types.js';
import { checkVariable, fill, neededVariables } from '../src/providers/variables.js';
import { parseAudience, parseIssuer, parseScopes } from '../src/values.js';
import { given } from './support/flags.js';

const resource = 'http://localhost:3000/mcp';

const examplesOf = ({ variables }: Provider) =>
  Object.fromEntries(variables.map(({ name, example }) => [name, example]));

/** Every string that a preset holds. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/** What a reader sees of it: the guide, with the values filled in. */
const guideOf = (provider: Provider) => {
  const values = { ...examplesOf(provider), resource };
  return [
    ...provider.modes.map((mode) => describeSetup(provider, mode, values)),
    describeErrors(provider, values),
  ].join('\n');
};

/** Braces that the vendor itself writes, by the id of the preset that quotes them. */
const literal: Record<string, readonly string[]> = { entra: ['tenantid'] };

const cases = providers.map((provider) => [provider.id, provider] as const);
const others = cases.slice(1);

it('the first preset is the default, and the only one without an issuer', () => {
  expect(providers[0]).toBe(defaultProvider);
  expect(providers.filter(({ issuer }) => issuer === '')).toEqual([defaultProvider]);
});

it('ids and aliases name one preset each', () => {
  const names = providers.flatMap(({ id, aliases }) => [id, ...aliases]);
  expect(names).toEqual([...new Set(names)]);
  for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
});

it('titles name one preset each', () => {
  const titles = providers.map(({ title }) => title);
  expect(titles).toEqual([...new Set(titles)]);
});

describe.each(cases)('%s', (_, provider) => {
  const { id, aliases, title, summary, mode, modes, variables, issuer, audience, scopes } =
    provider;
  const examples = examplesOf(provider);

  it('is found by its id and aliases', () => {
    for (const name of [id, ...aliases]) expect(findProvider(name)).toBe(provider);
  });

  it('uses a mode that it supports', () => {
    expect(modes).toContain(mode);
    expect(modes).toEqual([...new Set(modes)]);
  });

  // The title stands in a string and a comment of TypeScript, the others in lists and tables.
  it('has a title and a summary of one plain line', () => {
    expect(title).toMatch(/^[\w][\w .-]*$/);
    expect(summary).toMatch(/^[^\n|]+[^\n|.]$/);
  });

  it('asks for variables that their patterns describe', () => {
    const names = variables.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    for (const variable of variables) {
      expect(variable.name).toMatch(/^[a-z]\w*$/);
      expect(variable.name).not.toBe('resource');
      expect(checkVariable(variable, variable.example)).toBe(variable.example);
      if (variable.default !== undefined) checkVariable(variable, variable.default);
      for (const wrong of ['', ' ', `${variable.example}\n`, ` ${variable.example}`]) {
        expect(() => checkVariable(variable, wrong), JSON.stringify(wrong)).toThrow();
      }
      expect(variable.title).not.toMatch(/[.?:]$/);
      expect(variable.where).toMatch(/\.$/);
    }
  });

  it('asks for nothing that is of no use', () => {
    const needed = neededVariables(provider, {});
    expect(variables.filter((variable) => !needed.includes(variable))).toEqual([]);
  });

  it('fills its issuer and audience in', () => {
    const filledIssuer = fill(issuer, examples);
    if (provider !== defaultProvider) {
      expect(parseIssuer(filledIssuer)).toBe(filledIssuer);
      expect(filledIssuer).not.toMatch(/[{}]/);
    }
    const filledAudience = fill(audience.value, { ...examples, resource });
    if (audience.value !== '') {
      expect(parseAudience(filledAudience)).toBe(filledAudience);
      expect(filledAudience).not.toMatch(/[{}]/);
    }
  });

  it('names no placeholder that is not a variable', () => {
    const known = new Set([
      ...variables.map(({ name }) => name),
      'resource',
      ...(literal[id] ?? []),
    ]);
    const placeholders = textsOf({ ...provider, variables: [] }).flatMap((text) =>
      [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''),
    );
    expect(placeholders.filter((name) => !known.has(name))).toEqual([]);
  });

  it('has scopes and claims that can be written down', () => {
    if (scopes.default.length > 0) {
      expect(parseScopes(scopes.default.join(' '))).toEqual(scopes.default);
    }
    for (const claim of scopes.claims) expect(claim).toMatch(/^[\w:/.-]+$/);
  });

  it('says where tokens name another issuer in a way that fits its own', () => {
    if (provider.tokenIssuer === undefined) return;
    const { from, to } = provider.tokenIssuer;
    const own = fill(issuer, examples);
    const derived = own.replace(new RegExp(from), to);
    expect(derived).not.toBe(own);
    expect(parseIssuer(derived)).toBe(derived);
    expect(to).not.toMatch(/['\\]/);
  });

  it('makes a project of its examples, in every mode that there is', () => {
    const set = variables.map(({ name, example }) => `${name}=${example}`);
    for (const authMode of modes.filter((candidate) => availableModes.includes(candidate))) {
      const own = id === 'oidc' && authMode !== 'jwt' ? { issuer: 'https://id.example.com' } : {};
      const oauth = resolveOAuth(given({ provider: id, authMode, set, ...own }));
      expect(oauth).toMatchObject({ provider, mode: authMode, values: examples });
    }
  });

  it('has a guide without traces of how it was made', () => {
    for (const text of textsOf(provider)) {
      expect(text).not.toMatch(/\{\{|\t|\r|undefined|\[object|TODO|FIXME/);
      expect(text).toBe(text.trim());
    }
    const left = guideOf(provider).match(/(?<=\{)\w+(?=\})|.*\n{3}.*/g) ?? [];
    expect([...new Set(left)]).toEqual(literal[id] ?? []);
    for (const { message } of provider.errors) expect(message).toMatch(/^(?!.*``).+$/);
  });

  it('names every error once', () => {
    const messages = provider.errors.map(({ message }) => message);
    expect(messages).toEqual([...new Set(messages)]);
  });
});

/** Titles that mean something else (a client, a repository) in the preset with this id. */
const homonyms: Record<string, readonly string[]> = { sap: ['GitHub'], scalekit: ['GitHub'] };

describe.each(others)('%s', (id, provider) => {
  it('says what to do, step by step', () => {
    for (const mode of provider.modes) {
      const steps = stepsFor(provider, mode);
      expect(steps.length).toBeGreaterThanOrEqual(3);
      for (const step of steps) expect(step).toMatch(/^[^\d*#-]/);
    }
  });

  it('has steps for the mode at hand only', () => {
    for (const mode of provider.modes) {
      const steps = stepsFor(provider, mode).join('\n');
      expect(steps).not.toMatch(/--auth-mode|For `(jwt|proxy|introspection)`/);
      // Only a proxy is called back, and only JWTs are checked without a secret.
      if (mode !== 'proxy') expect(steps).not.toMatch(/\/oauth\/callback|the server prints/);
      if (mode === 'jwt') expect(steps).not.toContain('OAUTH_CLIENT_');
    }
  });

  it('says where its facts come from, and when they were read', () => {
    expect(provider.pages.length).toBeGreaterThan(0);
    for (const { title, url, checked } of provider.pages) {
      expect(title).not.toMatch(/[[\]\n]/);
      expect(new URL(url).protocol).toBe('https:');
      expect(url).not.toMatch(/[\s()]/);
      expect(checked).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(new Date(checked).toISOString().slice(0, 10)).toBe(checked);
    }
  });

  it('speaks of no other provider', () => {
    const rivals = providers.filter((other) => other !== provider && other !== defaultProvider);
    const text = textsOf(provider).join('\n');
    const named = rivals
      .map(({ title }) => title)
      .filter((title) => new RegExp(`(?<![\\w-])${title}(?![\\w-])`).test(text));
    expect(named).toEqual(homonyms[id] ?? []);
  });
});
