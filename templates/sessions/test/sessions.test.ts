import type { AuthInfo } from '@modelcontextprotocol/server';
import { describe, expect, it } from 'vitest';
import { createSessions } from '../src/sessions.js';

const callerWith = (clientId: string, sub: string, token = 'one'): AuthInfo => ({
  ...{ token, clientId, scopes: [] },
  extra: { claims: { iss: 'https://login.example.com', sub } },
});
const ada = callerWith('app', 'ada');

/** Sessions as a client sees them, by one request after another. */
function createWorld(options = {}) {
  const sessions = createSessions(options);
  const url = 'http://localhost:3000/mcp';
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
  };
  const message = (method: string, params: object) => ({ jsonrpc: '2.0', id: 1, method, params });
  const caller = (authInfo?: AuthInfo) => (authInfo === undefined ? {} : { authInfo });

  return {
    /** @returns the id of a new session */
    async open(authInfo?: AuthInfo): Promise<string> {
      const parsedBody = message('initialize', {
        protocolVersion: '2025-11-25',
        capabilities: {},
        clientInfo: { name: 'test', version: '1.0.0' },
      });
      const request = new Request(url, { method: 'POST', headers, body: '{}' });
      const response = await sessions.open(request, { parsedBody, ...caller(authInfo) });
      await response.text();
      return response.headers.get('mcp-session-id') ?? '';
    },
    /** @returns the status of the answer to a request within a session */
    async use(id: string, authInfo?: AuthInfo, method = 'POST'): Promise<number> {
      const request = new Request(url, {
        method,
        headers: { ...headers, 'mcp-session-id': id },
        ...(method === 'POST' && { body: '{}' }),
      });
      const parsedBody = method === 'POST' ? message('tools/list', {}) : undefined;
      const response = await sessions.serve(request, { parsedBody, ...caller(authInfo) });
      await response.body?.cancel();
      return response.status;
    },
  };
}

describe('a session', () => {
  it('is there until its client ends it', async () => {
    const { open, use } = createWorld();
    const id = await open();
    expect(id).toMatch(/^[\w-]{36}$/);
    expect(await use(id)).toBe(200);
    expect(await use(id, undefined, 'DELETE')).toBe(200);
    expect(await use(id)).toBe(404);
  });

  it.each([
    ['another person', callerWith('app', 'eve')],
    ['another client', callerWith('other-app', 'ada')],
    ['nobody', undefined],
  ])('does not exist for %s', async (_, stranger) => {
    const { open, use } = createWorld();
    const id = await open(ada);
    for (const method of ['POST', 'GET', 'DELETE']) {
      expect(await use(id, stranger, method)).toBe(404);
    }
    expect(await use(id, ada)).toBe(200);
  });

  it('stays the same when its owner gets a new token', async () => {
    const { open, use } = createWorld();
    expect(await use(await open(ada), callerWith('app', 'ada', 'two'))).toBe(200);
  });

  it('that nobody opened is not found', async () => {
    const { use } = createWorld();
    expect(await use(crypto.randomUUID())).toBe(404);
  });
});

it('the session that was used least recently makes room for a new one', async () => {
  const { open, use } = createWorld({ limit: 2 });
  const first = await open();
  const second = await open();
  await use(first);
  const third = await open();
  expect([await use(first), await use(second), await use(third)]).toEqual([200, 404, 200]);
});
