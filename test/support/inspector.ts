// MCP Inspector's command line, from the registry, with a person who logs in and agrees.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { execa } from 'execa';
import fs from 'fs-extra';
import { Browser } from '../../templates/oauth-proxy/test/support/browser.js';
import { agreeToAll } from './agree.js';
import { freePort } from './project.js';

/** By its number, because it asks for a newer Node than it needs: npm would choose an old one. */
const version = '2.12.0';

export interface Inspector extends AsyncDisposable {
  /** Where it waits for the browser. */
  callback: string;
  /** Calls a tool, and logs in for it. @returns what it prints */
  callTool(url: string, name: string, ...options: string[]): Promise<{ result: object }>;
}

export async function installInspector(): Promise<Inspector> {
  const directory = await fs.mkdtemp(join(await fs.realpath(tmpdir()), 'inspector-'));
  const npm = (...args: string[]) =>
    execa('npm', args, { cwd: directory, env: { npm_config_user_agent: undefined } });
  await npm('init', '--yes');
  const quietly = ['--no-audit', '--no-fund', '--ignore-scripts'];
  await npm('install', ...quietly, `@modelcontextprotocol/inspector@${version}`);
  const binary = join(directory, 'node_modules', '.bin', 'mcp-inspector');
  const callback = `http://127.0.0.1:${await freePort()}/oauth/callback`;
  const browser = await startBrowser(directory);

  return {
    callback,
    async callTool(url, name, ...options) {
      const call = ['--method', 'tools/call', '--tool-name', name, '--format', 'json'];
      const { stdout } = await execa(
        process.execPath,
        [
          binary,
          '--cli',
          url,
          '--transport',
          'http',
          ...call,
          '--callback-url',
          callback,
          ...options,
        ],
        {
          // Not the home of whoever runs the tests: it keeps logins there.
          env: { HOME: directory, PATH: process.env.PATH, ...browser.env },
          extendEnv: false,
          cancelSignal: browser.failed,
          timeout: 30_000,
        },
      );
      return JSON.parse(stdout);
    },
    async [Symbol.asyncDispose]() {
      await browser[Symbol.asyncDispose]();
      await fs.remove(directory);
    },
  };
}

/** What it starts as a browser is a program that sends the address here, where a person agrees. */
async function startBrowser(directory: string) {
  const failed = new AbortController();
  const server = createServer(async (request, response) => {
    response.end();
    try {
      const browser = new Browser({ fetch, reaches: () => true });
      const { url, status, html } = await agreeToAll(browser, await text(request));
      if (status !== 200) throw new Error(`${url} answered ${status}: ${html}`);
    } catch (error) {
      failed.abort(error);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const program = join(directory, 'browser');
  const send = `fetch('http://127.0.0.1:${port}', { method: 'POST', body: process.argv[2] });`;
  await fs.writeFile(program, `#!${process.execPath}\n${send}\n`, { mode: 0o755 });
  return {
    failed: failed.signal,
    // The first makes it open one although there is no terminal; xdg-open takes the second.
    env: { MCP_AUTO_OPEN_ENABLED: 'true', BROWSER: program },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
