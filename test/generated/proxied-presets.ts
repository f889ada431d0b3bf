// What holds for every preset in proxy mode, against its simulated provider: what is requested there,
// who is let in, and whose tokens are whose.
import { decodeJwt } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import { loginTitle } from '../../src/upstream.js';
import { Browser } from '../../templates/oauth-proxy/test/support/browser.js';
import { eras } from '../support/client.js';
import { complaints, examine } from '../support/doctor.js';
import type { Person } from '../support/person.js';
import { type PresetCase, type PresetWorld, setUp } from '../support/preset-world.js';
import { network } from '../support/proxy.js';
import { digestOf, secret, upstreamTokenOf } from '../support/proxy-server.js';
import { recordAnswers } from '../support/recorded-answers.js';
import { use } from '../support/simulation-client.js';
import { testFailures } from './proxied-failures.js';

export function testProxies(cases: readonly PresetCase[]): void {
  describe.each(cases)('$name', (preset) => {
    const world = setUp(preset);
    testLogins(world);
    testFailures(world);
  });
}

function testLogins(world: PresetWorld): void {
  const { provider, upstream, data, requested, meet, whoIs } = world;

  it('the doctor finds nothing wrong', async () => {
    const diagnosis = await examine(world.server.url, { register: true });
    expect(complaints(diagnosis)).toEqual([]);
    expect(diagnosis.findings.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['registration-good', 'registration-automatic']),
    );
  });

  it.each(eras)('a person who knows the address logs in, and steps up: era %j', async (era) => {
    const { simulation, server } = world;
    const { authorizations, exchanges } = simulation.seen;
    const answers = recordAnswers(server);
    const before = authorizations.length;
    const browser = new Browser(network);
    const person = meet({ era, browser });
    await person.connect();
    const { identity, subject } = whoIs();
    expect((await person.callTool('whoami')).structuredContent).toEqual({
      subject,
      clientId: person.information?.client_id,
      scopes: ['mcp:use'],
    });
    expect((await person.callTool('server_status')).isError).toBeFalsy();
    const claims = decodeJwt(person.tokens?.access_token ?? '');
    expect(claims).toMatchObject(identity);
    expect(person.visited.map(({ searchParams }) => searchParams.get('scope'))).toEqual([
      'mcp:use',
      'mcp:use mcp:admin',
    ]);
    // More of this server's scopes are no business of the provider's.
    expect(authorizations.length - before).toBe(1);
    expect(Object.fromEntries(authorizations.at(-1) ?? [])).toEqual({
      client_id: simulation.client,
      response_type: 'code',
      redirect_uri: simulation.registered.redirectUris[0],
      scope: requested.join(' '),
      state: expect.stringMatching(/^.{43}$/),
      code_challenge: expect.stringMatching(/^.{43}$/),
      code_challenge_method: 'S256',
      ...(upstream.verify === 'id_token' && { nonce: expect.stringMatching(/^.{43}$/) }),
      ...provider.authorizationParameters,
    });
    await person.client.close();

    const secrets = [secret, ...simulation.issued];
    expect(secrets.length).toBeGreaterThan(1);
    const pages = browser.visited.map(({ headers, html }) => [...headers, html]);
    const known = [person.tokens, claims, person.information, pages];
    const shown = [await answers(), ...known].map(spell).join();
    expect(shown).toContain(`Continue to ${loginTitle(world)}`);
    expect(secrets.filter((text) => shown.includes(text))).toEqual([]);
    const codes = exchanges.map((form) => form.get('code'));
    const { access_token, refresh_token } = person.tokens ?? {};
    const all = [...secrets, ...codes, access_token, refresh_token].map(String);
    const output = server.output();
    expect(all.filter((text) => output.includes(text))).toEqual([]);
  });

  it('renews the tokens of the client, and those of the provider', async () => {
    const { simulation } = world;
    const { exchanges, apis } = simulation.seen;
    simulation.lifetime = 30;
    const person = meet();
    await person.connect();
    const before = await upstreamTokenOf(person);
    expect(simulation.issued.map(digestOf)).toContain(before.digest);
    const asked = [exchanges.length, apis.length];
    const refreshToken = person.tokens?.refresh_token;
    expireFor(person);
    await person.callTool('whoami');
    expect(person.visited).toHaveLength(1);
    expect(person.tokens?.refresh_token).not.toBe(refreshToken);

    const after = await upstreamTokenOf(person);
    expect(after.scopes).toEqual(before.scopes);
    const refreshes = exchanges.slice(asked[0]);
    if (upstream.verify === 'userinfo') {
      // There is nothing to be refreshed: the API says whether the token is still good.
      expect([refreshes, after.digest]).toEqual([[], before.digest]);
      expect(apis.length).toBeGreaterThan(asked[1] ?? 0);
      return;
    }
    expect(simulation.issued.map(digestOf)).toContain(after.digest);
    expect(after.digest).not.toBe(before.digest);
    expect(refreshes.length).toBeGreaterThan(0);
    const named = upstream.refreshWithScopes ? requested.join(' ') : null;
    for (const form of refreshes) {
      expect([form.get('grant_type'), form.get('scope')]).toEqual(['refresh_token', named]);
    }
    expect(exchanges.filter((form) => form.has('resource'))).toEqual([]);
  });

  it('lets nobody go on whose access was revoked at the provider', async () => {
    const { simulation, server } = world;
    simulation.lifetime = 30;
    const person = meet();
    await person.connect();
    const token = person.tokens?.access_token ?? '';
    simulation.revoke();
    const ended = { status: 401, message: 'The login has ended' };
    // What needs no refresh is noticed when the client comes for its next token.
    if (upstream.verify === 'userinfo') expireFor(person);
    else expect(await use(server.url, token, 'upstream_token')).toMatchObject(ended);
    const before = simulation.seen.authorizations.length;
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    expect((await person.callTool('whoami')).isError).toBeFalsy();
    expect(person.visited).toHaveLength(2);
    expect(simulation.seen.authorizations.length - before).toBe(1);
    expect(await use(server.url, token)).toMatchObject(ended);
    const { digest } = await upstreamTokenOf(person);
    const good = simulation.issued.filter((issued) => simulation.isAccessToken(issued));
    expect(good.map(digestOf)).toContain(digest);
  });

  it('refuses the tokens of the provider', async () => {
    const { simulation, server } = world;
    const tokens = [await simulation.accessToken()];
    if (data.idToken !== undefined) tokens.push(await simulation.idToken());
    for (const token of tokens) {
      const message = 'The access token was not issued by this server';
      expect(await use(server.url, token)).toMatchObject({ status: 401, message });
      expect(server.output()).not.toContain(token);
    }
  });
}

/** The access token is no longer good; the client learns it with its next request. */
function expireFor(person: Person): void {
  if (person.tokens === undefined) throw new Error('Nobody is logged in');
  person.tokens = { ...person.tokens, access_token: 'no-longer-good' };
}

function spell(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
