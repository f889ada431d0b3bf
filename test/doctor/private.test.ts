// What a stranger's document may make the doctor do: nothing that the person did not ask for.
import { describe, expect, it } from 'vitest';
import { isLoopbackHost, isPrivateAddress } from '../../src/doctor/addresses.js';
import { complaints, createNetwork, examine, issuer, mcpUrl } from '../support/doctor.js';

/** The server's metadata names this authorization server. */
const naming = (server: string) =>
  createNetwork(({ url }) =>
    url.pathname.includes('oauth-protected-resource')
      ? Response.json({
          resource: mcpUrl,
          authorization_servers: [server],
          scopes_supported: ['a'],
        })
      : undefined,
  );

it('nothing is wrong with the network that these tests change', async () => {
  const { tools } = createNetwork();
  expect(complaints(await examine(mcpUrl, {}, tools))).toEqual([]);
});

describe('addresses inside', () => {
  it.each([
    ['https://intranet.example.com', 'network-private'],
    ['https://10.0.0.5', 'network-private'],
    ['https://169.254.169.254', 'network-private'],
    ['https://[fd00::1]', 'network-private'],
    ['https://[::ffff:10.0.0.5]', 'network-private'],
    ['https://0x0a000005', 'network-private'],
    ['https://127.0.0.1:8443', 'issuer-localhost'],
    ['http://localhost:3001', 'issuer-localhost'],
    ['https://unknown.example.com', 'network-dns'],
  ])('%s is reported, not asked', async (server, id) => {
    const { tools, asked } = naming(server);
    expect(complaints(await examine(mcpUrl, {}, tools))[0]).toBe(id);
    const { hostname } = new URL(server);
    expect(asked.filter((request) => request.includes(hostname))).toEqual([]);
  });

  it('is asked with --allow-private', async () => {
    const { asked, tools } = createNetwork(
      ({ url }) =>
        url.pathname.includes('oauth-protected-resource')
          ? Response.json({
              resource: mcpUrl,
              authorization_servers: ['https://intranet.example.com'],
            })
          : undefined,
      { allowPrivate: true },
    );
    await examine(mcpUrl, {}, tools);
    expect(asked).toContain('GET https://intranet.example.com/.well-known/openid-configuration');
  });

  it('is not asked through a redirect', async () => {
    const { tools, asked } = createNetwork(({ url }) =>
      url.hostname === 'login.example.com'
        ? new Response(null, {
            status: 302,
            headers: { location: 'https://intranet.example.com/' },
          })
        : undefined,
    );
    expect(complaints(await examine(mcpUrl, {}, tools))[0]).toBe('network-private');
    expect(asked.filter((request) => request.includes('intranet'))).toEqual([]);
  });

  it.each(['jwks_uri', 'token_endpoint'])('is not asked as %s', async (member) => {
    const { tools, asked } = createNetwork(({ url }) =>
      url.pathname === '/.well-known/openid-configuration'
        ? Response.json({
            issuer,
            authorization_endpoint: `${issuer}/authorize`,
            token_endpoint: `${issuer}/token`,
            code_challenge_methods_supported: ['S256'],
            [member]: 'https://intranet.example.com/x',
          })
        : undefined,
    );
    expect(complaints(await examine(mcpUrl, {}, tools))).toContain('network-private');
    expect(asked.filter((request) => request.includes('intranet'))).toEqual([]);
  });

  it.each([
    ['network-private', 'https://intranet.example.com/authorize'],
    ['network-private', 'https://10.0.0.5/authorize'],
    ['network-address', 'https://accounts.google.com@login.example.com/authorize'],
    ['endpoint-invalid', 'javascript:alert(1)'],
    ['endpoint-invalid', 'file:///etc/passwd'],
  ])('%s: no browser is sent to %s', async (id, authorization_endpoint) => {
    const visited: string[] = [];
    const reply: Parameters<typeof createNetwork>[0] = ({ url }) =>
      url.pathname === '/.well-known/openid-configuration'
        ? Response.json({
            issuer,
            authorization_endpoint,
            token_endpoint: `${issuer}/token`,
            registration_endpoint: `${issuer}/register`,
            code_challenge_methods_supported: ['S256'],
          })
        : undefined;
    const login = {
      signal: new AbortController().signal,
      patience: 20,
      visit: (url: string) => void visited.push(url),
    };
    const { tools, asked } = createNetwork(reply);
    const diagnosis = await examine(mcpUrl, { login, register: true }, tools);
    expect(complaints(diagnosis)).toEqual([id]);
    expect(visited).toEqual([]);
    expect(asked.filter((request) => request.includes('/register'))).toEqual([]);

    if (id !== 'network-private') return;
    const { tools: open } = createNetwork(reply, { allowPrivate: true });
    expect(complaints(await examine(mcpUrl, { login }, open))).toEqual(['login-timeout']);
    expect(visited).toEqual([expect.stringMatching(`^${authorization_endpoint}\\?`)]);
  });

  it('a name means one address throughout', async () => {
    let answers = 0;
    const { tools, asked } = createNetwork(undefined, {
      // Public when it is looked at, private when it is used: DNS rebinding.
      resolve: async (host) =>
        host === 'login.example.com' && answers++ > 0 ? ['127.0.0.1'] : ['93.184.215.14'],
    });
    await examine(mcpUrl, {}, tools);
    expect(answers).toBe(1);
    expect(asked.some((request) => request.includes('login.example.com'))).toBe(true);
  });

  it('who has a private address besides a public one is no insider', async () => {
    const { tools, asked } = createNetwork(
      ({ url }) =>
        url.pathname.includes('oauth-protected-resource')
          ? Response.json({
              resource: mcpUrl,
              authorization_servers: ['https://169.254.169.254'],
              scopes_supported: ['a'],
            })
          : undefined,
      { resolve: async () => ['93.184.215.14', '127.0.0.1'] },
    );
    expect(complaints(await examine(mcpUrl, {}, tools))[0]).toBe('network-private');
    expect(asked.filter((request) => request.includes('169.254'))).toEqual([]);
  });

  it('the server itself may be inside', async () => {
    const { tools } = createNetwork(undefined, { resolve: async () => ['10.0.0.1'] });
    expect(complaints(await examine(mcpUrl, {}, tools))).toEqual([]);
  });
});

it.each([
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.31.0.1'],
  ...['192.168.1.1', '224.0.0.1', '255.255.255.255', '::', '::1', 'fe80::1%eth0', 'fd12::1'],
  ...['::ffff:127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', 'ff02::1', 'not an address', ''],
  ...['64:ff9b::169.254.169.254', '64:ff9b:1::1', '::ffff:0:127.0.0.1', '::127.0.0.1', '4000::1'],
  ...['5f00::1', '2001:0:1::', '2001:db8::1', 'fec0::1', '100::1', '::ffff:a00:1'],
])('%s is private', (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

it.each(['1.1.1.1', '93.184.215.14', '2606:4700::1111', '::ffff:1.1.1.1', '64:ff9b::1.1.1.1'])(
  '%s is public',
  (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  },
);

it('metadata of an authorization server behind a redirect is found', async () => {
  const { tools } = createNetwork(({ url }) =>
    url.pathname === '/.well-known/oauth-authorization-server'
      ? new Response(null, {
          status: 301,
          headers: { location: '/.well-known/openid-configuration' },
        })
      : undefined,
  );
  expect(complaints(await examine(mcpUrl, {}, tools))).toEqual(['discovery-redirect']);
});

describe('addresses of a development machine', () => {
  it.each([
    ['resource-localhost', { resource: 'http://localhost:3000/mcp' }],
    ['issuer-localhost', { authorization_servers: ['http://localhost:3001'] }],
  ])('%s', async (id, changes) => {
    const { tools } = createNetwork(({ url }) =>
      url.pathname.includes('oauth-protected-resource')
        ? Response.json({
            resource: mcpUrl,
            authorization_servers: [issuer],
            scopes_supported: ['a'],
            ...changes,
          })
        : undefined,
    );
    expect(complaints(await examine(mcpUrl, {}, tools))[0]).toBe(id);
  });

  it('endpoint-localhost', async () => {
    const { tools } = createNetwork(({ url }) =>
      url.pathname === '/.well-known/openid-configuration'
        ? Response.json({
            issuer,
            authorization_endpoint: 'http://localhost:8080/authorize',
            token_endpoint: `${issuer}/token`,
            code_challenge_methods_supported: ['S256'],
          })
        : undefined,
    );
    expect(complaints(await examine(mcpUrl, {}, tools))[0]).toBe('endpoint-localhost');
  });

  it('endpoint-not-https', async () => {
    const { tools } = createNetwork();
    const diagnosis = await examine('http://mcp.example.com/mcp', {}, tools);
    expect(complaints(diagnosis)[0]).toBe('endpoint-not-https');
  });

  it('plain http that redirects to https is a wrong address first', async () => {
    const { tools } = createNetwork(({ url }) =>
      url.protocol === 'http:'
        ? new Response(null, { status: 301, headers: { location: mcpUrl } })
        : undefined,
    );
    const diagnosis = await examine('http://mcp.example.com/mcp', {}, tools);
    expect(complaints(diagnosis)).toEqual(['endpoint-redirect', 'endpoint-not-https']);
  });
});

it.each([
  ['localhost', true],
  ['LOCALHOST.', true],
  ['app.localhost', true],
  ['127.0.0.1', true],
  ['[::1]', true],
  ['127.evil.example', false],
  ['localhost.evil.example', false],
])('%s is this machine: %s', (host, expected) => {
  expect(isLoopbackHost(host)).toBe(expected);
});
