import { describe, expect, it } from 'vitest';
import { parseArguments } from '../src/cli.js';
import { quote, spellCommand } from '../src/command.js';
import { resolveOAuth, resolveProvider, wantsOAuth } from '../src/oauth-options.js';
import { resolveOptions } from '../src/options.js';
import { authModes, providers } from '../src/providers/index.js';
import { oidc } from '../src/providers/oidc.js';
import { given } from './support/flags.js';
import { acme, client, domain, gate, register, vault } from './support/presets.js';
import { thrownBy } from './support/thrown.js';

register(acme, gate, vault);

const resolve = (flags: Parameters<typeof given>[0]) => resolveOAuth(given(flags));
const set = (...assignments: string[]) => ({ set: assignments });
const known = `This version knows ${providers.map(({ id }) => id).join(', ')}.`;

describe('OAuth is wanted', () => {
  it.each([
    [{}, undefined],
    [{ oauth: true }, true],
    [{ oauth: false }, false],
    [{ provider: 'oidc' }, true],
    [{ authMode: 'jwt' }, true],
    [{ issuer: 'https://a' }, true],
    [{ audience: 'a' }, true],
    [{ scopes: 'a' }, true],
    [{ scopes: '' }, true],
    [{ set: ['a=b'] }, true],
  ])('by %j: %s', (flags, wanted) => {
    expect(wantsOAuth(given(flags))).toBe(wanted);
  });

  it.each([
    [{ provider: 'oidc' }, '--provider'],
    [{ authMode: 'jwt' }, '--auth-mode'],
    [{ issuer: 'https://a' }, '--issuer'],
    [{ audience: 'a' }, '--audience'],
    [{ scopes: 'a' }, '--scopes'],
    [{ set: ['a=b'] }, '--set'],
  ])('and not, by %j', (flags, option) => {
    expect(thrownBy(() => resolve({ ...flags, oauth: false }))).toEqual({
      code: 'OPTION_CONFLICT',
      exitStatus: 2,
      what: `--no-oauth and ${option} contradict each other`,
      why: `${option} says how the endpoint is protected, --no-oauth that it is not.`,
      fix: 'Leave one of them out.',
    });
  });
});

describe('without a preset', () => {
  const common = { provider: oidc, mode: 'jwt', values: {}, audience: 'http://localhost:3000/mcp' };

  it('the development identity provider comes along', () => {
    expect(resolve({ oauth: true })).toEqual({
      ...common,
      development: true,
      issuer: 'http://localhost:3001',
      scopes: ['mcp:use'],
    });
  });

  it('an issuer means any OpenID provider', () => {
    expect(resolve({ issuer: 'https://id.example.com/' })).toEqual({
      ...common,
      development: false,
      issuer: 'https://id.example.com/',
      scopes: ['openid'],
    });
  });

  it('audience and scopes are taken as given', () => {
    expect(resolve({ audience: 'me', scopes: 'b a,b' })).toMatchObject({
      audience: 'me',
      scopes: ['b', 'a'],
    });
  });
});

describe('a preset', () => {
  it.each([
    ['acme', acme],
    ['acme-id', acme],
    ['roadrunner', acme],
    ['vault', vault],
    [undefined, oidc],
  ])('is found by %j', (id, provider) => {
    expect(resolveProvider(id)).toBe(provider);
  });

  it.each([
    ['akme', 'Did you mean acme?'],
    ['ACME', 'Did you mean acme or acme-id?'],
    ['roadruner', 'Did you mean roadrunner?'],
    ['zzzzzzzz', 'Use one of them; oidc is for any other OpenID provider.'],
    ['', 'Use one of them; oidc is for any other OpenID provider.'],
  ])('is not found by %j', (id, fix) => {
    expect(thrownBy(() => resolve({ provider: id }))).toEqual({
      code: 'OPTION_INVALID',
      exitStatus: 2,
      what: `There is no provider ${JSON.stringify(id)}`,
      why: known,
      fix,
    });
  });

  it('fills in its issuer, audience and scopes', () => {
    expect(resolve({ provider: 'acme', ...set('domain=a.example') })).toEqual({
      provider: acme,
      mode: 'jwt',
      development: false,
      values: { domain: 'a.example', region: 'eu' },
      issuer: 'https://a.example/eu/',
      audience: 'http://localhost:3000/mcp',
      scopes: ['acme:use', 'openid'],
    });
    expect(resolve({ provider: 'gate', authMode: 'jwt', ...set('client=c', 'region=us') })).toEqual(
      {
        provider: gate,
        mode: 'jwt',
        development: false,
        values: { region: 'us', client: 'c' },
        issuer: 'https://gate.example/us',
        audience: 'c',
        scopes: ['acme:use', 'openid'],
      },
    );
  });

  it('has scopes of its own as a proxy, and no audience', () => {
    expect(resolve({ provider: 'gate' })).toEqual({
      provider: gate,
      mode: 'proxy',
      development: false,
      values: { region: 'eu' },
      issuer: 'https://gate.example/eu',
      audience: '',
      scopes: ['mcp:use'],
    });
  });

  it('can do without the variables of what the user gives', () => {
    const issuer = 'https://login.example.com';
    expect(resolve({ provider: 'acme', issuer })).toMatchObject({
      issuer,
      values: { region: 'eu' },
    });
    const audience = 'me';
    expect(resolve({ provider: 'gate', authMode: 'jwt', audience, scopes: 'a' })).toMatchObject({
      issuer: 'https://gate.example/eu',
      audience,
      scopes: ['a'],
    });
  });

  it.each([
    [
      { provider: 'acme' },
      'Acme Identity needs Domain',
      'The first line of the console.',
      'my-app --provider acme --set domain=shop.acme.example',
    ],
    [
      { provider: 'acme', ...set('region=us'), audience: 'a&b', scopes: 'x y' },
      'Acme Identity needs Domain',
      'The first line of the console.',
      "my-app --provider acme --set domain=shop.acme.example --set region=us --audience 'a&b' --scopes x,y",
    ],
    [
      { provider: 'gate', authMode: 'jwt', directory: 'my dir', issuer: 'https://a' },
      'Gate needs Client ID',
      'The list of clients.',
      "'my dir' --provider gate --set client=c-1 --auth-mode jwt --issuer https://a",
    ],
  ])('says what it lacks: %j', (flags, what, why, args) => {
    const fix = `For example: npx create-mcp-server ${args}`;
    expect(thrownBy(() => resolve(flags))).toEqual({
      code: 'VARIABLE_MISSING',
      exitStatus: 2,
      what,
      why,
      fix,
    });
  });

  it('lacks all that is missing at once, and in a directory of any name', () => {
    const both = {
      ...acme,
      id: 'both',
      variables: [domain, { ...client, example: 'a b' }],
      issuer: 'https://{domain}/{client}',
    };
    register(both);
    const { directory, ...rest } = given({ provider: 'both' });
    expect(thrownBy(() => resolveOAuth(rest))).toMatchObject({
      what: 'Acme Identity needs Domain and Client ID',
      why: 'The first line of the console. The list of clients.',
      fix: "For example: npx create-mcp-server my-mcp-server --provider both --set domain=shop.acme.example --set 'client=a b'",
    });
  });

  it.each([
    [{ provider: 'acme', ...set('domian=a') }, 'VARIABLE_UNKNOWN'],
    [{ provider: 'acme', ...set('domain=A') }, 'VARIABLE_INVALID'],
    [{ provider: 'acme', ...set('domain=a.b', 'domain=a.b') }, 'OPTION_REPEATED'],
    [{ provider: 'acme', ...set('domain') }, 'OPTION_INVALID'],
    [{ oauth: true, ...set('domain=a.b') }, 'VARIABLE_UNKNOWN'],
    [{ provider: 'acme', issuer: 'http://a.example' }, 'OPTION_INVALID'],
    [{ provider: 'acme', ...set('domain=a.b'), audience: '' }, 'OPTION_INVALID'],
    [{ provider: 'acme', ...set('domain=a.b'), scopes: '' }, 'OPTION_INVALID'],
  ])('refuses %j: %s', (flags, code) => {
    expect(thrownBy(() => resolve(flags))).toMatchObject({ code, exitStatus: 2 });
  });
});

describe('the mode', () => {
  it('is the usual one of the preset, or the one asked for', () => {
    expect(resolve({ oauth: true, authMode: 'jwt' })?.mode).toBe('jwt');
    expect(resolve({ provider: 'gate', authMode: 'jwt', ...set('client=c') })?.mode).toBe('jwt');
  });

  it.each([
    [
      { provider: 'acme', authMode: 'proxy' },
      'OPTION_INVALID',
      'Acme Identity does not work with --auth-mode proxy',
      'Its access tokens are JWTs.',
      'Use --auth-mode jwt; "providers acme" says what that needs.',
    ],
    [
      { provider: 'vault', authMode: 'jwt' },
      'OPTION_INVALID',
      'Vault does not work with --auth-mode jwt',
      'Nobody can register at Gate.',
      'Use --auth-mode proxy; "providers vault" says what that needs.',
    ],
    [
      { oauth: true, authMode: 'introspection' },
      'OPTION_CONFLICT',
      '--auth-mode introspection needs a provider',
      'The development identity provider issues JWTs, and nobody can ask it about tokens.',
      'Add --issuer or --provider, or leave --auth-mode out.',
    ],
    [
      { oauth: true, authMode: 'proxy' },
      'OPTION_CONFLICT',
      '--auth-mode proxy needs a provider',
      'A proxy stands in for providers that nobody can register clients with, and the development identity provider registers them itself.',
      'Add --issuer or --provider, or leave --auth-mode out.',
    ],
    [
      { provider: 'gate', audience: 'me' },
      'OPTION_CONFLICT',
      '--audience does not go with --auth-mode proxy',
      "The tokens that clients bring are the server's own then, and name its endpoint, PUBLIC_URL followed by /mcp.",
      'Leave --audience out.',
    ],
    [
      { provider: 'acme', authMode: 'magic' },
      'OPTION_INVALID',
      'There is no auth mode "magic"',
      `This version knows ${authModes.join(', ')}.`,
      'Use --auth-mode jwt; "providers acme" says what that needs.',
    ],
    [
      { provider: 'acme', authMode: 'JWT' },
      'OPTION_INVALID',
      'There is no auth mode "JWT"',
      `This version knows ${authModes.join(', ')}.`,
      'Use --auth-mode jwt; "providers acme" says what that needs.',
    ],
  ])('is refused: %j', (flags, code, what, why, fix) => {
    expect(thrownBy(() => resolve(flags))).toEqual({ code, exitStatus: 2, what, why, fix });
  });
});

describe('the command that makes it again', () => {
  const around = { cwd: '/work', home: '/home/somebody', userAgent: undefined };
  const optionsOf = (flags: Parameters<typeof given>[0]) => resolveOptions(given(flags), around);

  it.each([
    [{}, ''],
    [{ framework: 'hono' }, ''],
    [{ framework: 'fastify' }, '--framework fastify'],
    [{ deploy: 'docker' }, ''],
    [{ deploy: 'none', oauth: true }, '--oauth --deploy none'],
    [{ deploy: 'cloudflare' }, '--deploy cloudflare'],
    [{ framework: 'express', oauth: true }, '--oauth --framework express'],
    [{ example: 'basic' }, ''],
    [{ example: 'everything', framework: 'fastify' }, '--framework fastify --example everything'],
    [{ oauth: true }, '--oauth'],
    [{ provider: 'oidc', authMode: 'jwt' }, '--oauth'],
    [
      { issuer: 'https://a/', audience: 'b&c', scopes: 'd e', packageManager: 'pnpm' },
      "--oauth --issuer https://a/ --audience 'b&c' --scopes d,e",
    ],
    [{ scopes: 'mcp:use', audience: 'http://localhost:3000/mcp' }, '--oauth'],
    [{ provider: 'roadrunner', ...set('domain=a.b') }, '--provider acme --set domain=a.b'],
    [
      { provider: 'acme', ...set('region=eu', 'domain=a.b'), scopes: 'acme:use openid' },
      '--provider acme --set domain=a.b',
    ],
    [
      { provider: 'acme', ...set('region=us', 'domain=a.b'), scopes: 'openid' },
      '--provider acme --set domain=a.b --set region=us --scopes openid',
    ],
    [
      { provider: 'acme', issuer: 'https://id.a.example', ...set('domain=a.b') },
      '--provider acme --set domain=a.b --issuer https://id.a.example',
    ],
    [
      { provider: 'acme', issuer: 'https://a.b/eu/', ...set('domain=a.b') },
      '--provider acme --set domain=a.b',
    ],
    [
      { provider: 'gate', authMode: 'jwt', ...set('client=c') },
      '--provider gate --set client=c --auth-mode jwt',
    ],
    [{ provider: 'gate', ...set('client=c'), scopes: 'mcp:use' }, '--provider gate --set client=c'],
    [{ provider: 'gate', scopes: 'a b' }, '--provider gate --scopes a,b'],
    [{ issuer: 'https://a', authMode: 'proxy' }, '--oauth --auth-mode proxy --issuer https://a'],
    [
      { provider: 'gate', authMode: 'jwt', audience: 'x', issuer: 'https://a' },
      '--provider gate --auth-mode jwt --issuer https://a --audience x',
    ],
  ])('for %j', (flags, args) => {
    const options = optionsOf(flags);
    const command = spellCommand(options, 'my-app');
    const { id } = options.packageManager;
    expect(command).toBe(
      `npx create-mcp-server my-app ${args} --package-manager ${id}`.replace('  ', ' '),
    );

    const argv = unquote(command).slice(2);
    const request = parseArguments(argv, '1.2.3');
    if (request.kind !== 'scaffold') throw new Error(`${command} does not scaffold`);
    expect(resolveOptions(request.flags, around)).toEqual(options);
  });

  /** The arguments that a shell makes of a command. */
  const unquote = (command: string) =>
    [...command.matchAll(/(?:'[^']*'|\\.|[^\s'\\])+/g)].map(([word]) =>
      word.replace(/'([^']*)'|\\(.)/g, '$1$2'),
    );

  it.each(['my app', "it's", 'a&b', '$(rm)'])('is read back: %s', (argument) => {
    expect(unquote(`x ${quote(argument)} y`)).toEqual(['x', argument, 'y']);
  });
});
