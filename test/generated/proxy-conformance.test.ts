// The official conformance suite, about the authorization server that a proxy is.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fs from 'fs-extra';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Browser } from '../../templates/oauth-proxy/test/support/browser.js';
import {
  startUpstream,
  type TestUpstream,
} from '../../templates/oauth-proxy/test/support/upstream.js';
import { installSuite, type Suite } from '../support/conformance-suite.js';
import { boot, freePort, type Project, type Running } from '../support/project.js';
import { createProxyProject, settingsFor } from '../support/proxy.js';

let folder: string;
let suite: Suite;
let project: Project;
let upstream: TestUpstream;
let server: Running;

beforeAll(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'conformance-'));
  [project, suite] = await Promise.all([createProxyProject(), installSuite()]);
  upstream = await startUpstream();
  server = await boot(project, settingsFor(upstream, `file:${join(folder, 'auth.db')}`));
}, 120_000);
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await upstream?.close();
  await project?.[Symbol.asyncDispose]();
  await fs.remove(folder);
});

it.each(['2025-03-26', '2025-06-18', '2025-11-25', '2026-07-28'])(
  'all scenarios of %s pass',
  async (revision) => {
    expect(await run(revision, 'allow')).toEqual({
      exitCode: 0,
      checks: {
        'authorization-server-metadata': 'SUCCESS',
        // Client ID metadata documents came with this revision.
        ...(revision >= '2025-11-25' && { 'authorization-server-metadata-cimd': 'SUCCESS' }),
        'authorization-code-grant': 'SUCCESS',
      },
    });
  },
);

it('the suite notices what is missing', async () => {
  const { exitCode, checks } = await run('2026-07-28', 'deny');
  expect(exitCode).toBe(1);
  expect(checks).toMatchObject({ 'authorization-code-grant': 'FAILURE' });
});

/**
 * Runs every scenario there is for a revision of the specification, and is the person who decides.
 * @returns the exit status, and how each check ended
 */
async function run(revision: string, decision: 'allow' | 'deny') {
  const { origin: issuer } = new URL(server.url);
  const port = await freePort();
  const redirectUri = `http://127.0.0.1:${port}/callback`;
  const results = await fs.mkdtemp(join(folder, 'results-'));
  const running = suite.start(
    [
      ...['authorization', '--url', issuer, '--client-id', await register(redirectUri)],
      ...['--port', String(port), '--resource', server.url, '--spec-version', revision],
    ],
    results,
  );
  // It prints where the person has to go, and waits for the browser to come back.
  for await (const line of running) {
    if (line.startsWith(`${issuer}/oauth/authorize?`)) await goTo(line, redirectUri, decision);
  }
  const { exitCode } = await running;
  const files = await fs.readdir(results);
  const checks = await Promise.all(
    files.map((name): Promise<Check[]> => fs.readJson(join(results, name, 'checks.json'))),
  );
  return {
    exitCode,
    checks: Object.fromEntries(checks.flat().map(({ id, status }) => [id, status])),
  };
}

interface Check {
  id: string;
  status: string;
}

async function register(redirectUri: string): Promise<string> {
  const response = await fetch(new URL('/oauth/register', server.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ redirect_uris: [redirectUri], token_endpoint_auth_method: 'none' }),
  });
  return ((await response.json()) as { client_id: string }).client_id;
}

/** Decides in a browser, which then comes back to the suite. */
async function goTo(address: string, redirectUri: string, decision: string): Promise<void> {
  const reaches = ({ href }: URL) => !href.startsWith(redirectUri);
  const browser = new Browser({ fetch, reaches });
  const { url } = await browser.press(await browser.visit(address), decision);
  await fetch(url);
}
