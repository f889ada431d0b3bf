// What people are asked, and what they are not bothered with.
import { expect, it, vi } from 'vitest';
import { toolScopes } from '../src/auth/require-scope.js';
import { McpClient } from './support/mcp-client.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

// As a tool does when it is loaded, for a scope that src/auth/scopes.ts does not declare.
toolScopes.add('notes:read');

const world = useWorld();

it('nobody is asked about nothing: a client learns at once that its scopes do not exist', async () => {
  const { server, browser } = world;
  const client = await McpClient.register(server);
  const { url, html } = await browser.visit(client.authorizationUrl({ scope: 'nonsense' }));
  expect([url.searchParams.get('error'), html]).toEqual(['invalid_scope', '']);
});

it('a scope can be had that only a tool asks for', async () => {
  const client = await McpClient.register(world.server);
  const tokens = await client.connect(world.browser, { scope: 'mcp:use notes:read' });
  expect(tokens.scope.split(' ').sort()).toEqual(['mcp:use', 'notes:read']);
});

it('another account may be used from the first page on', async () => {
  const { server, browser, upstream } = world;
  const client = await McpClient.register(server);
  const page = await browser.visit(client.authorizationUrl());
  await browser.press(page, 'other-account');
  expect(upstream.asked.authorize.at(-1)?.get('prompt')).toMatch(/login|select_account/);
});

it('who may not use this server is told with which account they came', async () => {
  world.server = await world.server.restart({ OAUTH_ALLOWED_USERS: 'bob' });
  const client = await McpClient.register(world.server);
  const question = await world.browser.visit(client.authorizationUrl());
  const page = await world.browser.press(question, 'allow');
  expect(page.html).toContain('You logged in as <strong>ada@example.com</strong>');
});
