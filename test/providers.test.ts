/** The rules that every preset keeps. */
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { spellLiteral } from '../src/literal.js';
import { resolveOAuth } from '../src/oauth-options.js';
import { describeErrors, describeSetup } from '../src/providers/guide.js';
import { defaultProvider, findProvider, providers } from '../src/providers/index.js';
import { errorsFor, passagesFor } from '../src/providers/passages.js';
import type { AuthMode, Provider, Upstream } from '../src/providers/types.js';
import { checkVariable, fill, neededVariables } from '../src/providers/variables.js';
import { allowedUsers, spellProviderData, userinfoUrl } from '../src/upstream.js';
import { parseAudience, parseIssuer, parseScopes } from '../src/values.js';
import { given } from './support/flags.js';
import { repository } from './support/project.js';

const resource = 'http://localhost:3000/mcp';

const examplesOf = ({ variables }: Provider) =>
  Object.fromEntries(variables.map(({ name, example }) => [name, example]));

/** Every string that a preset holds. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/** What a reader sees of it in a mode: the guide, with those values filled in that it asks for. */
const guideOf = (provider: Provider, mode: AuthMode) => {
  const needed = neededVariables(provider, mode, {}).map(({ name, example }) => [name, example]);
  const values = { ...Object.fromEntries(needed), resource };
  return `${describeSetup(provider, mode, values)}\n${describeErrors(provider, mode, values)}`;
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

  it('is not used directly by default where clients must refuse it', () => {
    if (provider.silentAboutPkce) expect(mode).toBe('proxy');
    for (const each of modes) {
      const warned = guideOf(provider, each).includes('Most MCP clients refuse this login');
      expect([each, warned]).toEqual([each, Boolean(provider.silentAboutPkce) && each !== 'proxy']);
    }
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
    const needed = modes.flatMap((each) => neededVariables(provider, each, {}));
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

  it('makes a project of its examples, in every mode', () => {
    const set = variables.map(({ name, example }) => `${name}=${example}`);
    for (const authMode of modes) {
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
    for (const each of modes) {
      const left = guideOf(provider, each).match(/(?<=\{)\w+(?=\})|.*\n{3}.*/g) ?? [];
      expect([...new Set(left)]).toEqual(each === 'proxy' ? [] : (literal[id] ?? []));
    }
    for (const { message } of provider.errors) expect(message).toMatch(/^(?!.*``).+$/);
  });

  it('names every error once in a mode', () => {
    for (const each of modes) {
      const messages = errorsFor(provider, each).map(({ message }) => message);
      expect(messages).toEqual([...new Set(messages)]);
    }
  });
});

/** Titles that mean something else (a client, a repository) in the preset with this id. */
const homonyms: Record<string, readonly string[]> = { sap: ['GitHub'], scalekit: ['GitHub'] };

describe.each(others)('%s', (id, provider) => {
  it('says what to do, step by step', () => {
    for (const mode of provider.modes) {
      const steps = passagesFor(provider.steps, mode);
      expect(steps.length).toBeGreaterThanOrEqual(3);
      for (const step of steps) expect(step).toMatch(/^[^\d*#-]/);
    }
  });

  it('has steps for the mode at hand only', () => {
    for (const mode of provider.modes) {
      const steps = passagesFor(provider.steps, mode).join('\n');
      expect(steps).not.toMatch(/--auth-mode|For `(jwt|proxy|introspection)`/);
      // Only a proxy is called back, and only JWTs are checked without a secret.
      if (mode !== 'proxy') expect(steps).not.toContain('/oauth/callback');
      if (mode === 'jwt') expect(steps).not.toContain('OAUTH_CLIENT_');
    }
  });

  it('calls the server what it is to the reader of its guide', () => {
    const { summary: _, ...rest } = provider;
    expect(textsOf(rest).filter((text) => text.includes('generated server'))).toEqual([]);
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

const proxied = cases.filter(([, { modes }]) => modes.includes('proxy'));

it('presets say how a proxy uses them exactly if one can', () => {
  const told = cases.filter(([, { upstream }]) => upstream !== undefined);
  expect(told.map(([id]) => id)).toEqual(proxied.map(([id]) => id));
});

describe.each(proxied)('%s, as a proxy', (_, provider) => {
  const upstream = provider.upstream as Upstream;
  const issuer = fill(provider.issuer, examplesOf(provider)) || 'https://login.example.com';
  const choices = { provider, issuer, values: examplesOf(provider) };

  it.each(['/oauth/callback', '`OAUTH_CLIENT_ID`', '`OAUTH_CLIENT_SECRET`'])(
    'has a step about %s',
    (what) => {
      expect(passagesFor(provider.steps, 'proxy').join('\n')).toContain(what);
    },
  );

  it('has a guide without settings and advice of other modes', () => {
    expect(guideOf(provider, 'proxy')).not.toMatch(/OAUTH_(AUDIENCE|SCOPES)|--auth-mode/);
    for (const mode of provider.modes.filter((each) => each !== 'proxy')) {
      expect(guideOf(provider, mode)).not.toMatch(/OAUTH_(UPSTREAM|ALLOWED|USERINFO)|AUTH_SECRET/);
    }
  });

  it('has scopes and claims that can be written down', () => {
    const { scopes, identityClaims, verify, scopeAliases = {} } = upstream;
    expect(parseScopes(scopes.join(' '))).toEqual(scopes);
    expect(scopes.includes('openid')).toBe(verify === 'id_token');
    for (const claim of identityClaims) expect(claim).toMatch(/^[\w:]+$/);
    for (const [spelling, name] of Object.entries(scopeAliases)) {
      expect(parseScopes(spelling)).toEqual([spelling]);
      expect(scopes).toContain(name);
    }
  });

  it('knows where to ask, exactly if the metadata does not say it', () => {
    const url = userinfoUrl(choices);
    expect(url !== '').toBe(upstream.verify === 'userinfo');
    if (url !== '') expect(new URL(url).protocol).toBe('https:');
    expect(upstream.endpoints === undefined).toBe(upstream.userinfo === undefined);
  });
});

it.each([
  ['github', 'https://github.com/login/oauth', 'https://api.github.com/user', []],
  ['github', 'https://git.acme.example/login/oauth', 'https://git.acme.example/api/v3/user', ['*']],
  ['github', 'https://acme.ghe.com/login/oauth', 'https://api.acme.ghe.com/user', ['*']],
  ['github', 'https://login.example.com', '', ['*']],
  ['google', 'https://accounts.google.com', '', []],
  ['entra', 'https://login.microsoftonline.com/common/v2.0', '', []],
  ['entra', 'https://login.microsoftonline.us/organizations/v2.0', '', []],
  ['entra', `https://login.microsoftonline.com/${'8'.repeat(8)}-2b34-4da1/v2.0`, '', ['*']],
  ['oidc', 'https://login.example.com', '', []],
  ['okta', 'https://acme.okta.com/oauth2/default', '', ['*']],
])('%s at %s is asked at "%s" and open to %j', (id, issuer, url, users) => {
  const choices = { provider: findProvider(id) as Provider, issuer, values: {} };
  expect(userinfoUrl(choices)).toBe(url);
  expect(allowedUsers(choices)).toEqual(users);
});

it('what a proxy knows of its provider is formatted as Biome would', async () => {
  const literals = proxied.map(([, provider]) => {
    const issuer = fill(provider.issuer, examplesOf(provider)) || 'https://login.example.com';
    const data = spellProviderData({ provider, issuer, values: {} });
    return `export const provider: ProviderData = ${spellLiteral(data)};\n`;
  });
  const source = literals.join('\n');
  const { stdout } = await execa(
    'node_modules/.bin/biome',
    ['format', '--stdin-file-path=src/provider.ts'],
    { cwd: repository, input: source, stripFinalNewline: false },
  );
  expect(stdout).toBe(source);
});
