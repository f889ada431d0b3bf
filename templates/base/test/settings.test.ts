import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { filledList, issuerUrl, origins, parseSettings, port, publicUrl } from '../src/settings.js';

describe('parseSettings', () => {
  it('says how to come by what is missing', () => {
    const schema = z.object({ NAME: z.string().describe('ask Ada for it') });
    expect(() => parseSettings(schema, {})).toThrow(
      '  NAME is required, but not set: ask Ada for it',
    );
  });

  it('reports every problem at once, and no secret', () => {
    const schema = z.object({
      PORT: port,
      URL: publicUrl,
      SOME_SECRET: z.string().min(9, 'is short'),
    });
    expect(() => parseSettings(schema, { PORT: '0', SOME_SECRET: 'hunter2' })).toThrow(
      [
        'The settings are not valid:',
        '  PORT must be a port number from 1 to 65535, but is "0"',
        '  URL is required, but not set',
        '  SOME_SECRET is short, but is "[secret]"',
      ].join('\n'),
    );
  });
});

const accepts = (schema: z.ZodType, value: string) => schema.safeParse(value).success;

it.each(['', '0', '65536', '3000x', '-1', '1e3', ' 80'])('%j is not a port', (value) => {
  expect(accepts(port, value)).toBe(false);
});

it('takes a public URL with or without a slash, and keeps its path', () => {
  expect(publicUrl.parse('HTTPS://Mcp.Example.com/')).toBe('https://mcp.example.com');
  expect(publicUrl.parse('https://example.com/tools/')).toBe('https://example.com/tools');
});

it.each([
  'example.com',
  'ftp://example.com',
  'https://u:p@example.com',
  'https://e.com/?a',
  'https://e.com/#a',
])('%j is not a public URL', (value) => {
  expect(accepts(publicUrl, value)).toBe(false);
});

it('keeps an issuer as it is written, and wants https', () => {
  expect(issuerUrl.parse('https://acme.eu.auth0.com/')).toBe('https://acme.eu.auth0.com/');
  expect(accepts(issuerUrl, 'http://localhost:8080/realms/x')).toBe(true);
  expect(accepts(issuerUrl, 'http://login.example.com')).toBe(false);
});

it('says what is wrong with a value that is no URL at all, and hides credentials in one', () => {
  const schema = z.object({ URL: issuerUrl, PORT: port });
  expect(() => parseSettings(schema, { URL: 'nope', PORT: 'x' })).toThrow(
    /URL must be.*PORT must be/s,
  );
  const secret = parseSettings.bind(null, schema, {
    URL: 'https://user:hunter2@x.example',
    PORT: '1',
  });
  expect(secret).toThrow('"https://[secret]@x.example"');
});

it('takes a list of separators for a mistake', () => {
  expect(accepts(filledList, ' , ')).toBe(false);
  expect(filledList.parse('a, b')).toEqual(['a', 'b']);
});

it('takes origins, not URLs and not everybody', () => {
  expect(origins.parse('https://a.example, vscode-webview://x')).toEqual([
    'https://a.example',
    'vscode-webview://x',
  ]);
  for (const value of ['*', 'https://a.example/', 'a.example'])
    expect(accepts(origins, value)).toBe(false);
});
