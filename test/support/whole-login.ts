// Everything that a client does with a login, from nothing but the address of a server.
import { expect } from 'vitest';
import { Browser } from '../../templates/oauth-proxy/test/support/browser.js';
import type { Library } from './connection.js';
import { Person, redirectUrl } from './person.js';
import type { Running } from './project.js';
import { agreeIn, network } from './proxy.js';

/** What a client registers that wants to stay logged in. */
const registered = {
  client_name: 'A program',
  redirect_uris: [redirectUrl],
  grant_types: ['authorization_code', 'refresh_token'],
};

/** Somebody at any provider. */
export function meet(url: string, library: Library, known = {}) {
  const browser = new Browser(network);
  const person = new Person('', url, library, agreeIn(browser), { ...registered, ...known });
  return { person, browser };
}

/**
 * Registers, logs in, calls a tool, finds its token expired, and steps up.
 * @param refreshes whether such a client gets a refresh token at this provider; it logs in again if not
 */
export async function logInWholly(
  server: Running,
  library: Library,
  refreshes = true,
): Promise<void> {
  const { person } = meet(server.url, library);
  await person.connect();
  expect((await person.callTool('whoami')).structuredContent).toMatchObject({
    subject: expect.any(String),
    clientId: person.information?.client_id,
    scopes: expect.arrayContaining(['mcp:use']),
  });
  expect(person.tokens?.refresh_token !== undefined).toBe(refreshes);

  person.tokens = { token_type: 'Bearer', ...person.tokens, access_token: 'expired' };
  expect((await person.callTool('whoami')).isError).toBeFalsy();
  const logins = refreshes ? 1 : 2;
  expect(person.visited).toHaveLength(logins);

  if (library === '1.x' && refreshes) {
    // It refreshes for more scope, which can bring none (RFC 6749 §6), and then gives up.
    await expect(person.callTool('server_status')).rejects.toThrow('after trying upscoping');
    await person.reconnectWithoutRefreshToken();
  }
  expect((await person.callTool('server_status')).isError).toBeFalsy();
  expect(person.visited).toHaveLength(logins + 1);
  await person.client.close();
  const { access_token, refresh_token = access_token } = person.tokens;
  for (const secret of [access_token, refresh_token]) {
    expect(server.output()).not.toContain(secret);
  }
}
