import { describe, expect, it } from 'vitest';
import { parseArguments, wantsJson } from '../src/cli.js';
import { thrownBy } from './support/thrown.js';

const parse = (...argv: string[]) => parseArguments(argv, '1.2.3');

const defaults = { install: true, git: true, yes: false, dryRun: false, overwrite: false };

describe('arguments', () => {
  it.each([
    [[], {}],
    [['my-app'], { directory: 'my-app' }],
    [['my-app', '--oauth'], { directory: 'my-app', oauth: true }],
    [['--no-oauth', 'my-app'], { directory: 'my-app', oauth: false }],
    [['--provider', 'oidc'], { provider: 'oidc' }],
    [['--provider=oidc'], { provider: 'oidc' }],
    [['--auth-mode', 'jwt'], { authMode: 'jwt' }],
    [['--issuer', 'https://a'], { issuer: 'https://a' }],
    [['--audience', 'b'], { audience: 'b' }],
    [['--scopes', 'c d'], { scopes: 'c d' }],
    [['--scopes', ''], { scopes: '' }],
    [['--set', 'a=b'], { set: ['a=b'] }],
    [['--set', 'a=b=c', '--set=d=', '--set', 'a=b'], { set: ['a=b=c', 'd=', 'a=b'] }],
    [['--framework', 'fastify'], { framework: 'fastify' }],
    [['--example', 'everything'], { example: 'everything' }],
    [['--package-manager', 'pnpm'], { packageManager: 'pnpm' }],
    [['--no-install', '--no-git'], { install: false, git: false }],
    [['-y', '--dry-run', '--overwrite'], { yes: true, dryRun: true, overwrite: true }],
    [['--', 'my-app'], { directory: 'my-app' }],
    [['./providers'], { directory: './providers' }],
  ])('%j', (argv, flags) => {
    expect(parse(...argv)).toEqual({ kind: 'scaffold', flags: { ...defaults, ...flags } });
  });

  it.each([
    [
      ['--oauht'],
      'OPTION_UNKNOWN',
      "Unknown option '--oauht'",
      'There is no option with that name.',
      'Did you mean --oauth? Run: npx create-mcp-server --help',
    ],
    [
      ["--token=a-sec'ret\nof mine"],
      'OPTION_UNKNOWN',
      "Unknown option '--token'",
      'There is no option with that name.',
      'Run: npx create-mcp-server --help',
    ],
    [
      ['-x'],
      'OPTION_UNKNOWN',
      "Unknown option '-x'",
      'There is no option with that name.',
      'Run: npx create-mcp-server --help',
    ],
    [
      ['--issuer'],
      'OPTION_INVALID',
      "Option '--issuer <url>' argument missing",
      'The option needs a value after it.',
      'Run: npx create-mcp-server --help',
    ],
    [
      ['--audience', '--oauth'],
      'OPTION_INVALID',
      '--audience has no value',
      'It is followed by "--oauth", which looks like an option.',
      'Write the value after it: --audience <value>',
    ],
    [
      ['--set'],
      'OPTION_INVALID',
      "Option '--set <name=value>' argument missing",
      'The option needs a value after it.',
      'Run: npx create-mcp-server --help',
    ],
    [
      ['--set', 'a=b', '--set', '--yes'],
      'OPTION_INVALID',
      '--set has no value',
      'It is followed by "--yes", which looks like an option.',
      'Write the value after it: --set <name=value>',
    ],
    [
      ['--set', 'a=b', 'providers'],
      'OPTION_CONFLICT',
      '"providers" does not take --set',
      'It only shows presets.',
      'Run: npx create-mcp-server providers --help',
    ],
    [
      ['a', 'b'],
      'ARGUMENTS_EXCESS',
      'Too many arguments. Expected 1 argument but got 2',
      'One directory is made at a time.',
      'Run: npx create-mcp-server --help',
    ],
    [
      ['--oauth', '--no-oauth'],
      'OPTION_CONFLICT',
      '--oauth and --no-oauth contradict each other',
      'One is the opposite of the other.',
      'Leave one of them out.',
    ],
    [
      ['--scopes', 'a', '--scopes', 'b'],
      'OPTION_REPEATED',
      '--scopes was given twice',
      'It takes one value; "a" and "b" were given.',
      'Leave one of them out.',
    ],
    [
      ['--issuer=', '--issuer=https://a'],
      'OPTION_REPEATED',
      '--issuer was given twice',
      'It takes one value; "" and "https://a" were given.',
      'Leave one of them out.',
    ],
    [
      ['--oauth', 'providers'],
      'OPTION_CONFLICT',
      '"providers" does not take --oauth',
      'It only shows presets.',
      'Run: npx create-mcp-server providers --help',
    ],
    [
      ['providers', '--oauth'],
      'OPTION_UNKNOWN',
      "Unknown option '--oauth'",
      'There is no option with that name.',
      'Run: npx create-mcp-server --help',
    ],
    [
      ['providers', 'a', 'b'],
      'ARGUMENTS_EXCESS',
      "Too many arguments for 'providers'. Expected 1 argument but got 2",
      'One preset is explained at a time.',
      'Run: npx create-mcp-server --help',
    ],
  ])('refuses %j', (argv, code, what, why, fix) => {
    expect(thrownBy(() => parse(...argv))).toEqual({ code, exitStatus: 2, what, why, fix });
  });

  it.each(['provider', 'auth-mode', 'issuer', 'audience', 'framework', 'package-manager'])(
    'refuses --%s twice',
    (name) => {
      expect(thrownBy(() => parse(`--${name}`, 'a', `--${name}`, 'a')).what).toBe(
        `--${name} was given twice`,
      );
    },
  );

  it('lists and explains providers', () => {
    expect(parse('providers')).toEqual({ kind: 'providers', flags: {} });
    expect(parse('providers', 'oidc', '--json')).toEqual({
      kind: 'providers',
      flags: { id: 'oidc' },
    });
    expect(parse('--json', 'providers')).toEqual({ kind: 'providers', flags: {} });
  });

  it('prints the version', () => {
    expect(parse('-V')).toEqual({ kind: 'print', text: '1.2.3\n' });
    expect(parse('--version')).toEqual({ kind: 'print', text: '1.2.3\n' });
  });

  it.each([['-h'], ['--help'], ['my-app', '--help'], ['providers', '-h']])(
    'prints help',
    (...argv) => {
      expect(parse(...argv)).toMatchObject({
        kind: 'print',
        text: expect.stringContaining('Usage: create-mcp-server'),
      });
    },
  );
});

it.each([
  [['--json'], true],
  [['a', '--frobnicate', '--json'], true],
  [['a'], false],
  [['--', '--json'], false],
])('%j asks for JSON: %s', (argv, wanted) => {
  expect(wantsJson(argv)).toBe(wanted);
});
