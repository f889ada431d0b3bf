import { describe, expect, it } from 'vitest';
import { createContext } from '../src/context.js';
import { resolveOptions } from '../src/options.js';
import { describeErrors, describeSetup } from '../src/providers/guide.js';
import type { AuthMode, Provider } from '../src/providers/types.js';
import { given } from './support/flags.js';
import { acme, gate, register, vault } from './support/presets.js';

register(acme, gate, vault);

const values = { domain: 'a.example', region: 'eu', client: 'c', resource: 'http://localhost/mcp' };

describe('setup', () => {
  it('has the steps for the mode at hand, numbered without a gap', () => {
    const steps = [
      'Log in.',
      { modes: ['proxy'], text: 'Copy the secret.' },
      { modes: ['jwt', 'proxy'], text: 'Look at `{region}`.' },
      { modes: ['jwt'], text: 'Register clients.' },
    ] satisfies Provider['steps'];
    const listed = (mode: AuthMode) =>
      describeSetup({ ...gate, steps }, mode, values).match(/^\d\. .*$/gm);
    expect(listed('jwt')).toEqual(['1. Log in.', '2. Look at `eu`.', '3. Register clients.']);
    expect(listed('proxy')).toEqual(['1. Log in.', '2. Copy the secret.', '3. Look at `eu`.']);
  });

  it('is everything that the preset knows, with the values filled in', () => {
    expect(describeSetup(acme, 'jwt', values)).toMatchInlineSnapshot(`
      "## Setting up Acme Identity

      1. Open \`https://a.example/console\`.
      2. Create an API named \`http://localhost/mcp\`.
      3. Enable **Registration**.

      ### What its access tokens look like

      JWTs that \`a.example\` signs with ES256.

      They name \`http://localhost/mcp\` in \`aud\`.

      Every client is granted \`acme:use\`.

      ### How clients register

      - Client ID Metadata Documents: supported.
      - Dynamic Client Registration: supported, once it is enabled.

      By hand: **Clients** > **New**.

      ### Where this comes from

      - [Acme for APIs](https://docs.acme.example/apis), 2026-01-31

      The following could not be checked against the vendor's pages; look before you rely on it:

      - The name of the console was not seen."
    `);
  });

  it('says why the mode is not the usual one, and leaves out what is not known', () => {
    expect(describeSetup(gate, 'jwt', values)).toMatchInlineSnapshot(`
      "## Setting up Gate

      This project uses the mode \`jwt\`. Nobody can register at Gate.

      1. Open \`https://a.example/console\`.
      2. Create an API named \`http://localhost/mcp\`.
      3. Enable **Registration**.

      ### What its access tokens look like

      JWTs that \`a.example\` signs with ES256.

      They name \`c\`.

      Every client is granted \`acme:use\`.

      ### How clients register

      - Client ID Metadata Documents: not supported.
      - Dynamic Client Registration: not supported.

      By hand: Write a letter."
    `);
  });

  it('tells a proxy how a login goes, and nothing about tokens that it never sees', () => {
    const unverified = [
      { modes: ['jwt'], text: 'Not this.' },
      { modes: ['proxy'], text: 'But `{region}`.' },
    ] satisfies Provider['unverified'];
    expect(describeSetup({ ...gate, unverified }, 'proxy', values)).toMatchInlineSnapshot(`
      "## Setting up Gate

      1. Open \`https://a.example/console\`.
      2. Create an API named \`http://localhost/mcp\`.
      3. Enable **Registration**.

      ### How a login at Gate goes

      It knows its people by \`sub\`, \`eu\` by \`eu\`.

      The following could not be checked against the vendor's pages; look before you rely on it:

      - But \`eu\`."
    `);
  });

  it('leaves a variable that has no value as a placeholder', () => {
    expect(describeSetup(acme, 'jwt', {})).toContain('1. Open `https://{domain}/console`.\n');
  });
});

describe('errors', () => {
  it('are a section each', () => {
    expect(describeErrors(acme, 'jwt', values)).toMatchInlineSnapshot(`
      "
      ### \`ACME-1: no such API\`

      Create the API \`http://localhost/mcp\`.

      ### \`ACME-2\`

      Wait for \`a.example\`."
    `);
  });

  it('may have backticks', () => {
    const errors = [{ message: 'no scope `x`', cure: 'Ask for it.' }];
    expect(describeErrors({ ...acme, errors }, 'jwt', values)).toBe(
      '\n### `` no scope `x` ``\n\nAsk for it.',
    );
  });

  it('may be for some modes only', () => {
    const errors = [
      { message: 'both', cure: 'Wait.' },
      { modes: ['jwt'], message: 'jwt', cure: 'Wait.' },
      { modes: ['proxy'], message: 'proxy', cure: 'Wait.' },
    ] satisfies Provider['errors'];
    const listed = (mode: AuthMode) =>
      describeErrors({ ...acme, errors }, mode, values).match(/(?<=### `)\w+/g);
    expect(listed('jwt')).toEqual(['both', 'jwt']);
    expect(listed('proxy')).toEqual(['both', 'proxy']);
  });

  it('may be none', () => {
    expect(describeErrors(gate, 'jwt', values)).toBe('');
  });
});

describe('context', () => {
  const contextOf = (flags: Parameters<typeof given>[0]) =>
    createContext(
      resolveOptions(given(flags), { cwd: '/work', home: '/home', userAgent: undefined }),
    );
  const set = ['domain=a.example'];

  it('has nothing about OAuth without it', () => {
    expect(contextOf({})).toEqual({
      name: 'my-app',
      command: 'npx create-mcp-server my-app --package-manager npm',
      framework: 'Hono',
      pm: expect.objectContaining({ id: 'npm' }),
    });
  });

  it('has what the preset and the options say', () => {
    const { provider, env, command } = contextOf({ provider: 'acme', set, scopes: 'x' });
    expect(command).toBe(
      'npx create-mcp-server my-app --provider acme --set domain=a.example --scopes x --package-manager npm',
    );
    expect(env).toEqual({
      issuer: 'https://a.example/eu/',
      audience: 'http://localhost:3000/mcp',
      scopes: 'x',
    });
    expect(provider).toMatchObject({
      id: 'acme',
      title: 'Acme Identity',
      scopes: 'acme:use openid',
      scopeList: "'acme:use', 'openid'",
      claimList: "'scope', 'acme_scopes'",
      tokenIssuerFrom: '',
      tokenIssuerTo: '',
      setup: expect.stringContaining('2. Create an API named `http://localhost:3000/mcp`.'),
      errors: expect.stringContaining('Create the API `http://localhost:3000/mcp`.'),
    });
  });

  it('names the endpoint as the user does, where tokens name it', () => {
    const audience = 'https://mcp.example.com/mcp';
    const { env, provider } = contextOf({ provider: 'acme', set, audience });
    expect(env?.audience).toBe(audience);
    expect(provider?.setup).toContain(`2. Create an API named \`${audience}\`.`);
    expect(provider?.setup).not.toContain('localhost');
    expect(provider?.errors).toContain(`Create the API \`${audience}\`.`);
  });

  it('names the endpoint as it is, where tokens name something else', () => {
    const { env, provider } = contextOf({ provider: 'gate', authMode: 'jwt', audience: 'me' });
    expect(env?.audience).toBe('me');
    expect(provider?.setup).toContain('2. Create an API named `http://localhost:3000/mcp`.');
  });

  it('spells empty lists', () => {
    register({ ...vault, id: 'silent', mode: 'jwt', modes: ['jwt'] });
    const { env, provider } = contextOf({ provider: 'silent' });
    expect(env).toEqual({ issuer: 'https://vault.example', audience: '', scopes: '' });
    expect(provider).toMatchObject({ scopes: '', scopeList: '', claimList: '' });
  });

  it('has what a proxy needs to know, and nothing that it does not', () => {
    const { env, provider } = contextOf({ provider: 'gate', set: ['client=c', 'region=us'] });
    expect(env).toEqual({
      issuer: 'https://gate.example/us',
      audience: '',
      scopes: 'mcp:use',
      clientId: 'c',
      upstreamScopes: 'openid email gate:us',
      allowedUsers: '*',
      userinfo: '',
    });
    expect(provider).toMatchObject({ title: 'Gate', scopes: 'mcp:use', domainClaim: '' });
    expect(`\n${provider?.data}`).toBe(`
{
  title: 'Gate',
  verify: 'id_token',
  upstreamScopes: ['openid', 'email', 'gate:us'],
  authorizationParameters: {},
  subjectClaim: 'sub',
  identityClaims: ['name', 'email'],
  allowedUsers: ['*'],
}`);
  });

  it('has everything unusual that a proxy needs to know', () => {
    const { env, provider } = contextOf({ provider: 'vault' });
    expect(env).toMatchObject({
      clientId: '',
      allowedUsers: '',
      userinfo: 'https://api.vault.example/me',
    });
    expect(provider?.domainClaim).toBe('org');
    expect(`\n${provider?.data}`).toBe(`
{
  title: 'Vault',
  verify: 'userinfo',
  upstreamScopes: ['me'],
  authorizationParameters: {
    access: 'offline',
  },
  scopePrefix: 'api://{client}/',
  scopeAliases: {
    'https://vault.example/me': 'me',
  },
  refreshWithScopes: true,
  subjectClaim: 'id',
  identityClaims: ['login'],
  emailVerifiedClaim: 'checked',
  domainClaim: 'org',
  userinfo: 'https://api.vault.example/me',
  emailsPath: '/emails',
  endpoints: {
    authorization: '/authorize',
    token: '/token',
  },
  clientAuthentication: 'client_secret_post',
  otherAccountPrompt: 'select_account',
}`);
    const own = contextOf({ provider: 'vault', issuer: 'https://own.example/vault' });
    expect(own.env).toMatchObject({ allowedUsers: '*', userinfo: 'https://own.example/api/me' });
  });

  it('calls a provider without a preset by its host, where people log in', () => {
    const issuer = 'https://id.example.com/realms/a';
    expect(contextOf({ issuer, authMode: 'proxy' }).provider).toMatchObject({
      title: 'id.example.com',
      setup: expect.stringMatching(/^## Setting up id\.example\.com\n/),
    });
    expect(contextOf({ issuer }).provider?.title).toBe('OpenID Connect');
  });

  it('has a regular expression literal where tokens name another issuer', () => {
    register({ ...acme, id: 'twofold', tokenIssuer: { from: '/agentic/([^/]+)$', to: '/$1' } });
    expect(contextOf({ provider: 'twofold', set }).provider).toMatchObject({
      tokenIssuerFrom: String.raw`/\/agentic\/([^/]+)$/`,
      tokenIssuerTo: '/$1',
    });
  });
});
