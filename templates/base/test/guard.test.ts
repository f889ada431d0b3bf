import { describe, expect, it } from 'vitest';
import { guard } from '../src/guard.js';

const handle = guard(
  { resource: new URL('https://mcp.example.com/mcp'), allowedOrigins: ['https://app.example.org'] },
  async () => new Response('served'),
);
const send = async (headers: Record<string, string>, method = 'POST') =>
  handle(new Request('https://mcp.example.com/mcp', { method, headers }));

describe('Host', () => {
  it.each(['mcp.example.com', 'mcp.example.com:8443', 'localhost:3000', '127.0.0.1', '[::1]:3000'])(
    '%s is served',
    async (host) => {
      expect((await send({ host })).status).toBe(200);
    },
  );

  it.each(['evil.example', 'mcp.example.com.evil.example', 'localhost.evil.example', 'a b'])(
    '%s is refused',
    async (host) => {
      expect((await send({ host })).status).toBe(403);
    },
  );
});

describe('Origin', () => {
  it.each(['https://app.example.org', 'https://mcp.example.com', 'http://localhost:6274'])(
    '%s is served, and may read the answer and its challenge',
    async (origin) => {
      const response = await send({ origin });
      expect(response.status).toBe(200);
      expect(response.headers.get('access-control-allow-origin')).toBe(origin);
      expect(response.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate');
      expect(response.headers.get('vary')).toContain('Origin');
    },
  );

  it.each([
    'https://evil.example',
    'http://app.example.org',
    'https://app.example.org:8443',
    'null',
    'http://localhost.evil.example',
    'https://app.example.org.evil.example',
    'x',
  ])('%s is refused', async (origin) => {
    const response = await send({ origin });
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('may be absent: only browsers send it', async () => {
    expect((await send({})).status).toBe(200);
  });
});

it('answers a preflight without calling the endpoint', async () => {
  const response = await send(
    {
      origin: 'https://app.example.org',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization, mcp-method, mcp-name, x-other',
    },
    'OPTIONS',
  );
  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-headers')).toBe(
    'authorization, mcp-method, mcp-name',
  );
});
