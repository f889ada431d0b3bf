// What is started to show a person a page.
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { browserCommand, openBrowser } from '../../src/doctor/browser.js';
import { makeTemporaryDirectory } from '../support/directory.js';

const page = 'https://login.example.com/authorize?a=b&c=d';

it.each<[NodeJS.Platform, Record<string, string>, string[]]>([
  ['linux', {}, ['xdg-open', page]],
  ['darwin', {}, ['open', page]],
  ['win32', {}, ['rundll32', 'url.dll,FileProtocolHandler', page]],
  ['darwin', { BROWSER: '/opt/my browser' }, ['/opt/my browser', page]],
  ['linux', { BROWSER: '' }, ['xdg-open', page]],
])('on %s, with %j: %j', (platform, env, expected) => {
  expect(browserCommand(page, env, platform)).toEqual(expected);
});

it.each([
  'file:///etc/passwd',
  'javascript:alert(1)',
  'vscode://evil/command',
  'https://accounts.google.com@evil.example/',
  'https://user:word@login.example.com/',
])('nothing is started for %s', (url) => {
  expect(browserCommand(url, {})).toBeUndefined();
});

it.skipIf(process.platform === 'win32')('the program gets the address', async () => {
  const server = createServer((_request, response) => void response.end());
  server.listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  const program = join(makeTemporaryDirectory(), 'browser.mjs');
  writeFileSync(program, `#!${process.execPath}\nawait fetch(process.argv[2]);\n`);
  chmodSync(program, 0o755);
  const asked = once(server, 'request');
  const { port } = server.address() as AddressInfo;
  openBrowser(`http://127.0.0.1:${port}/page?a=b&c=d`, { BROWSER: program });
  const [request] = (await asked) as [IncomingMessage];
  expect(request.url).toBe('/page?a=b&c=d');
});
