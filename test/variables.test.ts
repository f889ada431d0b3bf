import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { providers } from '../src/providers/index.js';
import {
  checkVariable,
  fill,
  neededVariables,
  parseAssignments,
} from '../src/providers/variables.js';
import { acme, domain, gate, region, vault } from './support/presets.js';
import { thrownBy } from './support/thrown.js';

describe('fill', () => {
  it.each([
    ['https://{domain}/{region}/', 'https://a.example/eu/'],
    ['{domain}{domain}', 'a.examplea.example'],
    ['{nobody} {} {a-b} {{region}}', '{nobody} {} {a-b} {eu}'],
    ['nothing', 'nothing'],
    ['', ''],
  ])('%j gives %j', (text, filled) => {
    expect(fill(text, { domain: 'a.example', region: 'eu' })).toBe(filled);
  });

  it('takes values as they are', () => {
    expect(fill('{a}{b}', { a: '$&{b}', b: '$1' })).toBe('$&{b}$1');
  });
});

describe('a preset needs', () => {
  const cases = [
    ['jwt', acme, {}, ['domain', 'region']],
    ['jwt', acme, { audience: 'me' }, ['domain', 'region']],
    ['jwt', acme, { issuer: 'https://a' }, []],
    ['jwt', gate, {}, ['region', 'client']],
    ['jwt', gate, { issuer: 'https://a' }, ['client']],
    ['jwt', gate, { audience: 'me' }, ['region']],
    ['jwt', gate, { issuer: 'https://a', audience: 'me' }, []],
    ['proxy', gate, {}, ['region']],
    ['proxy', gate, { issuer: 'https://a', scopes: 'a' }, ['region']],
    ['proxy', { ...gate, title: 'Plain', upstream: vault.upstream }, { issuer: 'https://a' }, []],
    ['proxy', vault, {}, []],
  ] as const;

  it.each(
    cases.map(([mode, provider, given, names]) => ({
      name: `${provider.title} as ${mode}, given ${JSON.stringify(given)}`,
      needed: () => neededVariables(provider, mode, given).map(({ name }) => name),
      names,
    })),
  )('$name: $names', ({ needed, names }) => {
    expect(needed()).toEqual(names);
  });
});

describe('a value', () => {
  it.each([
    [domain, 'a.example'],
    [region, 'us'],
  ])('fits $name: %s', (variable, value) => {
    expect(checkVariable(variable, value)).toBe(value);
  });

  // A pattern speaks about whole values, also where it has alternatives.
  it.each(['', 'e', 'eur', 'EU', 'eu\n', '\neu', 'eu eu'])('is refused whole: %j', (value) => {
    expect(thrownBy(() => checkVariable({ ...region, pattern: 'eu|us' }, value))).toEqual({
      code: 'VARIABLE_INVALID',
      exitStatus: 2,
      what: `${JSON.stringify(value)} is not a valid region`,
      why: 'Region looks like us.',
      fix: 'At the end of the console’s address.',
    });
  });
});

describe('assignments', () => {
  it.each([
    [[], {}],
    [['domain=a.example'], { domain: 'a.example' }],
    [['region=us', 'domain=a.example'], { domain: 'a.example', region: 'us' }],
  ])('%j', (assignments, values) => {
    expect(parseAssignments(acme, assignments)).toEqual(values);
  });

  it('end the name at the first "="', () => {
    const provider = { ...acme, variables: [{ ...domain, pattern: '.*' }] };
    expect(parseAssignments(provider, ['domain=a=b==']).domain).toBe('a=b==');
    expect(parseAssignments(provider, ['domain=']).domain).toBe('');
  });

  const known = 'It knows --set domain=shop.acme.example, --set region=us.';

  it.each([
    [
      ['domain'],
      'OPTION_INVALID',
      '--set "domain" is no assignment',
      'It takes the name of a setting and its value, with "=" between them.',
      'Write it like this: --set domain=shop.acme.example',
    ],
    [
      ['=a'],
      'OPTION_INVALID',
      '--set "=a" is no assignment',
      'It takes the name of a setting and its value, with "=" between them.',
      'Write it like this: --set domain=shop.acme.example',
    ],
    [
      ['domian=a'],
      'VARIABLE_UNKNOWN',
      'Acme Identity has no setting "domian"',
      known,
      'Use one of them.',
    ],
    [
      ['constructor=a'],
      'VARIABLE_UNKNOWN',
      'Acme Identity has no setting "constructor"',
      known,
      'Use one of them.',
    ],
    [
      ['domain=a b'],
      'VARIABLE_INVALID',
      '"a b" is not a valid domain',
      'Domain looks like shop.acme.example.',
      'The first line of the console.',
    ],
    [
      ['domain=a.b', 'region=us', 'domain=c.d'],
      'OPTION_REPEATED',
      '--set domain was given twice',
      'It has one value; "a.b" and "c.d" were given.',
      'Leave one of them out.',
    ],
  ])('refuses %j', (assignments, code, what, why, fix) => {
    expect(thrownBy(() => parseAssignments(acme, assignments))).toEqual({
      code,
      exitStatus: 2,
      what,
      why,
      fix,
    });
  });

  it.each([
    [
      'domain=a',
      'VARIABLE_UNKNOWN',
      'Vault has no setting "domain"',
      'This preset has none.',
      'Leave --set out, or name the preset that it belongs to with --provider.',
    ],
    [
      'domain',
      'OPTION_INVALID',
      '--set "domain" is no assignment',
      'It takes the name of a setting and its value, with "=" between them.',
      'Write it like this: --set name=value',
    ],
  ])('refuses %j where there is nothing to set', (assignment, code, what, why, fix) => {
    expect(thrownBy(() => parseAssignments(vault, [assignment]))).toEqual({
      code,
      exitStatus: 2,
      what,
      why,
      fix,
    });
  });
});

describe('what a pattern accepts can stand in .env, TypeScript and Markdown', () => {
  /** Nothing that quotes, escapes, comments, expands, marks up or ends a line. */
  const harmless = /^[^\s"'`#$\\{}<>|]+$/;

  /** Lookaheads only narrow what the rest accepts; fast-check cannot generate by them. */
  const matching = (pattern: string) =>
    fc
      .stringMatching(new RegExp(`^(?:${pattern.replace(/\(\?[=!][^()]*\)/g, '')})$`))
      .filter((value) => new RegExp(`^(?:${pattern})$`).test(value));

  const isHarmless = (pattern: string) =>
    fc.property(matching(pattern), (value) => {
      expect(value).toMatch(harmless);
    });

  it.each(
    [...providers, acme, gate].flatMap(({ id, variables }) =>
      variables.map(({ name, pattern }) => [id, name, pattern] as const),
    ),
  )('%s: %s', (_, __, pattern) => {
    fc.assert(isHarmless(pattern));
  });

  it.each(['.+', '[^/]+', '[a-z]*', '[ -~]+', '\\S+', '[a-z]+\\s?', '[\\w#]+', '(?!http)\\S+'])(
    'which is not so for %s',
    (pattern) => {
      expect(fc.check(isHarmless(pattern), { numRuns: 1000 }).failed).toBe(true);
    },
  );
});
