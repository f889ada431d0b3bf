/** The published schemas: that they are those of this code, strict, and of one mind with the command. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../src/cli.js';
import { UsageError } from '../src/errors.js';
import { commands } from '../src/grammar.js';
import type { OptionRow } from '../src/option.js';
import { resolveOptions } from '../src/options.js';
import { authModes, providers } from '../src/providers/index.js';
import { publishedSchemas } from '../src/schema/publish.js';
import { faultsOf } from './support/schemas.js';
import { run } from './support/world.js';

const around = { cwd: '/work', home: '/home', userAgent: undefined };

describe.each(Object.entries(publishedSchemas()))('%s', (file, schema) => {
  const text = readFileSync(new URL(`../schema/${file}`, import.meta.url), 'utf8');

  it('is the one of this code', () => {
    expect(JSON.parse(text), 'it is generated: npm run docs').toEqual(schema);
  });

  it('is printed', async () => {
    const { status, stdout } = await run(['schema', file.replace('.schema.json', '')]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: text });
  });
});

describe('a document with more than the schema has, or with less, is refused', () => {
  const documents: [string[], string[]][] = [
    [
      ['my-app', '--oauth', '--json', '--no-install', '--no-git'],
      ['options', 'oauth', 'urls'],
    ],
    [
      ['my-app', '--json', '--dry-run'],
      ['environment', 'next.0', 'files.0'],
    ],
    [['--json'], ['error']],
    [
      ['providers', '--json'],
      ['providers.0', 'providers.0.scopes'],
    ],
    [
      ['providers', 'github', '--json'],
      ['provider', 'provider.upstream'],
    ],
  ];

  it.each(documents)('%j', async (argv, places) => {
    const { stdout } = await run(argv);
    for (const place of ['', ...places]) {
      const document = JSON.parse(stdout);
      const steps = place.split('.').filter(Boolean);
      const part = steps.reduce((value, key) => value[key], document);
      expect(faultsOf('output', document)).toEqual([]);
      part.unknown = 1;
      expect(faultsOf('output', document), `more in "${place}"`).not.toEqual([]);
      delete part.unknown;
      delete part[Object.keys(part)[0] ?? ''];
      expect(faultsOf('output', document), `less in "${place}"`).not.toEqual([]);
    }
  });
});

interface Choices {
  readonly set?: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

/** As they would be typed. */
function spell(choices: Choices): string[] {
  return Object.entries<OptionRow>(commands.scaffold.options).flatMap(([key, row]) => {
    const value = choices[key];
    if (value === undefined) return [];
    if (typeof value === 'string') return [row.name, value];
    if (typeof value === 'object') {
      return Object.entries(value ?? {}).flatMap(([name, text]) => [row.name, `${name}=${text}`]);
    }
    const given = value === !row.name.startsWith('--no-');
    if (given) return [row.name];
    return row.opposite === undefined ? [] : [row.name.replace('--', '--no-')];
  });
}

/** What the command has against them; undefined if it takes them. */
function refusalOf(choices: Choices): string | undefined {
  try {
    const request = parseArguments(['my-app', ...spell(choices)], '1.2.3');
    if (request.kind === 'scaffold') resolveOptions(request.flags, around);
    return undefined;
  } catch (error) {
    if (error instanceof UsageError) return `${error.message}. ${error.why}`;
    throw error;
  }
}

const verdictOf = (choices: Choices) => ({
  choices,
  faults: faultsOf('options', { directory: 'my-app', ...choices }),
  refusal: refusalOf(choices),
});

describe('the schema of the options', () => {
  const { options } = commands.scaffold;
  /** Most samples are wrong in one way at most, so that each rule decides some of them. */
  const rarely = <T>(arbitrary: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
  const names = providers.flatMap(({ id, aliases }) => [id, ...aliases]);
  const variables = providers.flatMap((provider) => provider.variables);
  const own = (provider: string | undefined) =>
    providers.find(({ id, aliases }) => id === provider || aliases.includes(provider ?? ''))
      ?.variables ?? [];

  const sets = (provider: string | undefined) =>
    fc.oneof(
      // Everything that the preset could ask for, and some of it.
      fc.constant(Object.fromEntries(own(provider).map(({ name, example }) => [name, example]))),
      fc
        .subarray(own(provider).map(({ name, example }) => [name, example] as const))
        .map((entries) => Object.fromEntries(entries)),
      fc.dictionary(
        fc.constantFrom(...variables.map(({ name }) => name), 'nothing'),
        fc.constantFrom(...variables.map(({ example }) => example), '?', ''),
        { minKeys: 1, maxKeys: 2 },
      ),
    );
  const issuers = fc.constantFrom(
    ...['https://id.example.com', 'https://id.example.com/a/', 'http://localhost:8080/realms/x'],
    ...['http://127.0.0.1', 'http://[::1]:3', 'https://a.b:8443/%41', 'https://id.example.com/@x'],
    ...['http://id.example.com', 'ftp://a', 'id.example.com', '', '-x', 'https://', 'https:///a'],
    ...['https://a?b', 'https://a#b', 'https://a b', 'https://a/"', "https://a/'", 'https://a/$x'],
    ...['http://localhost.example.com', 'https://a/`', 'https://a/\\', 'https://ä.example'],
    ...[
      'https://u:p@a.example',
      'https://a/.well-known/x',
      'http://localhost:3@a.example',
      'https://a/?',
    ],
  );
  const choices = fc
    .option(fc.constantFrom(...names, 'nobody'), { nil: undefined })
    .chain((provider) =>
      fc.record({
        oauth: rarely(fc.boolean()),
        provider: fc.constant(provider),
        set:
          provider === undefined
            ? rarely(sets(provider))
            : fc.option(sets(provider), { nil: undefined }),
        authMode: rarely(fc.constantFrom(...authModes, 'basic', 'JWT')),
        issuer: rarely(issuers),
        audience: rarely(
          fc.constantFrom('https://a/mcp', 'api://x', 'a b', '', '"', '-a', 'a-', 'a,b', '#', '$a'),
        ),
        scopes: rarely(
          fc.constantFrom(
            'a',
            'a,b',
            'a b',
            ' a',
            ',a',
            '',
            ' ',
            ',',
            'a"',
            'a\\',
            '-a',
            "a'",
            'ä',
          ),
        ),
        framework: rarely(fc.constantFrom(...options.framework.choices, 'koa', 'Hono')),
        example: rarely(fc.constantFrom(...options.example.choices, 'advanced')),
        deploy: rarely(fc.constantFrom(...options.deploy.choices, 'elsewhere')),
        packageManager: rarely(fc.constantFrom(...options.packageManager.choices, 'deno')),
        install: rarely(fc.boolean()),
        yes: rarely(fc.boolean()),
        overwrite: rarely(fc.boolean()),
      }),
    )
    .map((all) => {
      const known = Object.entries(all).filter(([, value]) => value !== undefined);
      // Typed, an empty object is nothing at all.
      const typed = known.filter(
        ([key, value]) => key !== 'set' || Object.keys(value ?? {}).length,
      );
      return Object.fromEntries(typed) as Choices;
    });

  it('takes what the command takes, and nothing else', () => {
    let taken = 0;
    fc.assert(
      fc.property(choices, (sample) => {
        const verdict = verdictOf(sample);
        if (verdict.refusal === undefined) taken += 1;
        expect(verdict.faults.length === 0, JSON.stringify(verdict)).toBe(
          verdict.refusal === undefined,
        );
      }),
      { numRuns: 3000 },
    );
    // Otherwise it would have been about refusals only.
    expect(taken).toBeGreaterThan(600);
  });

  const all = providers.flatMap(({ id, modes }) => modes.map((mode) => [id, mode] as const));

  it.each(all)('knows what %s needs in the mode %s', (provider, authMode) => {
    for (const [given, variable] of [
      [{}, undefined],
      ...own(provider).map((each) => [{}, each] as const),
    ] as const) {
      const set = Object.fromEntries(
        own(provider)
          .filter((each) => each !== variable)
          .map(({ name, example }) => [name, example]),
      );
      for (const whole of [given, { issuer: 'https://id.example.com' }]) {
        const sample = { provider, authMode, ...(Object.keys(set).length && { set }), ...whole };
        const { faults, refusal } = verdictOf(sample);
        expect(faults.length === 0, JSON.stringify({ sample, faults, refusal })).toBe(
          refusal === undefined,
        );
      }
    }
  });

  it.each([
    [{ unknown: true }],
    [{ oauth: 'yes' }],
    [{ scopes: ['a'] }],
    [{ set: ['domain=a'] }],
    [{ set: { domain: 1 }, provider: 'auth0' }],
    [{ directory: '' }],
    [{ directory: undefined }],
  ])('refuses what cannot be typed: %j', (changes) => {
    const document = JSON.parse(JSON.stringify({ directory: 'my-app', ...changes }));
    expect(faultsOf('options', document)).not.toEqual([]);
  });
});
