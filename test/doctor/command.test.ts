// The command: what it takes, what it prints, and what it exits with.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readProjectAddress } from '../../src/doctor/project-address.js';
import { describeDiagnosis, diagnosisToJson } from '../../src/doctor/report.js';
import { resourceFindings } from '../../src/doctor/resource.js';
import { providers } from '../../src/providers/index.js';
import { createStyle } from '../../src/terminal.js';
import { simulations } from '../simulations/index.js';
import { makeTemporaryDirectory } from '../support/directory.js';
import { createNetwork, examine, issuer, mcpUrl } from '../support/doctor.js';
import { startMcpServer } from '../support/mcp-server.js';
import { startSimulation } from '../support/simulation.js';
import type { Simulation } from '../support/simulation-data.js';
import { presetOf } from '../support/simulation-preset.js';
import { Recorder, run } from '../support/world.js';

const typed = (text: string) => {
  const stdin = new PassThrough();
  stdin.end(text);
  return stdin;
};

/** A server that asks for a login nobody can find, so that nothing else is asked. */
const lost = () => startMcpServer({ issuer: 'http://localhost:9' });

describe('exit status', () => {
  it('0: nothing is wrong', async () => {
    await using server = await startMcpServer();
    const { status, stdout, stderr } = await run(['doctor', server.url]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^Diagnosis of http:\/\/localhost:\d+\/mcp: nothing is wrong\n/);
    expect(stdout).toMatch(/\nClients can use the server, and so can everybody else .*\n$/);
  });

  it('1: there is a problem', async () => {
    await using server = await lost();
    const { status, stdout, stderr } = await run(['doctor', server.url]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout.split('\n').slice(2, 7)).toEqual([
      '✗ Nothing listens at this address  [network-refused]',
      '    what     the authorization server',
      expect.stringContaining('http://localhost:9/'),
      '    detail   ECONNREFUSED',
      expect.stringMatching(/^ {2}Why: /),
    ]);
  });

  it.each<[string[], string]>([
    [[], 'URL_MISSING'],
    [['mcp.example.com/mcp'], 'URL_INVALID'],
    [['ftp://mcp.example.com/mcp'], 'URL_INVALID'],
    [['https://user:word@mcp.example.com/mcp'], 'URL_INVALID'],
    [['https://mcp.example.com/mcp#a'], 'URL_INVALID'],
    [['http://localhost/mcp', 'http://localhost/mcp'], 'ARGUMENTS_EXCESS'],
    [['http://localhost/mcp', '--frob'], 'OPTION_UNKNOWN'],
    [['http://localhost/mcp', '--token', 'abc'], 'OPTION_UNKNOWN'],
    [['http://localhost/mcp', '--timeout', '0'], 'OPTION_INVALID'],
    [['http://localhost/mcp', '--timeout', 'long'], 'OPTION_INVALID'],
    [['http://localhost/mcp', '--timeout', '301'], 'OPTION_INVALID'],
    [['http://localhost/mcp', '--client-id', 'a'], 'OPTION_CONFLICT'],
    [['http://localhost/mcp', '--redirect-uri', 'http://127.0.0.1:1/'], 'OPTION_CONFLICT'],
    [['http://localhost/mcp', '--login', '--redirect-uri', 'https://a.example/'], 'OPTION_INVALID'],
    [['http://localhost/mcp', '--login', '--redirect-uri', 'http://localhost/'], 'OPTION_INVALID'],
    [['http://localhost/mcp', '--login', '--token-stdin'], 'OPTION_CONFLICT'],
    [['http://localhost/mcp', '--token-stdin', '--token-file', 'a'], 'OPTION_CONFLICT'],
    [['http://localhost/mcp', '--token-file', 'missing.txt'], 'TOKEN_FILE'],
    [['http://localhost/mcp', '--token-stdin'], 'TOKEN_MISSING'],
  ])('2: %j', async (argv, code) => {
    const { status, stdout } = await run(['doctor', ...argv, '--json'], { stdin: typed('') });
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code } });
  });

  it('2: options of scaffolding', async () => {
    const { status, stderr } = await run(['--oauth', 'doctor', 'http://localhost/mcp']);
    expect(status).toBe(2);
    expect(stderr).toContain('"doctor" does not take --oauth');
  });

  it('130: cancelled', async () => {
    const controller = new AbortController();
    await using server = await startMcpServer({
      answer: () => {
        controller.abort();
        return undefined;
      },
    });
    const { status, stderr } = await run(['doctor', server.url], { signal: controller.signal });
    expect(status).toBe(130);
    expect(stderr).toContain('Cancelled');
  });
});

describe('without an address', () => {
  it.each<[string, Record<string, string>, string]>([
    ['', {}, 'http://localhost:3000/mcp'],
    ['PORT=3210', {}, 'http://localhost:3210/mcp'],
    ['PORT=3210\nPUBLIC_URL=', {}, 'http://localhost:3210/mcp'],
    ['PORT=3210\nPUBLIC_URL=https://a.example/', {}, 'https://a.example/mcp'],
    ['PORT=3210', { PORT: '4000' }, 'http://localhost:4000/mcp'],
    ['PORT=3210', { PUBLIC_URL: 'https://b.example' }, 'https://b.example/mcp'],
  ])('.env has %j, the environment %j: %s', (file, env, expected) => {
    const cwd = makeTemporaryDirectory();
    writeFileSync(join(cwd, '.env'), file);
    expect(readProjectAddress(cwd, env)).toBe(expected);
  });

  it.each<[Record<string, string>, string]>([
    [{}, 'http://localhost:3000/mcp'],
    [{ PORT: '4000' }, 'http://localhost:4000/mcp'],
  ])('a project without .env, the environment %j: %s', (env, expected) => {
    const cwd = makeTemporaryDirectory();
    expect(readProjectAddress(cwd, env)).toBeUndefined();
    writeFileSync(join(cwd, 'create-mcp-server.json'), '{}');
    expect(readProjectAddress(cwd, env)).toBe(expected);
  });

  it('looks at the server whose project this is', async () => {
    await using server = await startMcpServer();
    const cwd = makeTemporaryDirectory();
    writeFileSync(join(cwd, '.env'), `PORT=${new URL(server.url).port}\n`);
    const { status, stdout } = await run(['doctor'], { cwd });
    expect(status).toBe(0);
    expect(stdout).toContain(`Diagnosis of ${server.url}: nothing is wrong`);
  });
});

describe('a token', () => {
  const token =
    'eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2EuZXhhbXBsZSIsInNjb3BlIjoiYSJ9.c2lnbmF0dXJl';

  async function runWith(given: (path: string) => string[], stdin = '') {
    const [oidc] = providers;
    await using simulation = await startSimulation(
      presetOf(oidc as (typeof providers)[number]),
      simulations.oidc as Simulation,
    );
    const judge = () => ({ status: 401, body: { error_description: `What is ${token}?` } });
    await using server = await startMcpServer({ issuer: simulation.issuer, judge });
    const path = join(makeTemporaryDirectory(), 'token.json');
    writeFileSync(path, JSON.stringify({ access_token: token }));
    return await run(['doctor', server.url, ...given(path)], { stdin: typed(stdin) });
  }

  it.each([
    ['from stdin', () => ['--token-stdin'], `${token}\n`],
    ['from a file, as it was pasted', (path: string) => ['--token-file', path], ''],
  ])('is read %s, and not shown', async (_how, given, stdin) => {
    for (const json of [[], ['--json']]) {
      const { status, stdout, stderr } = await runWith((path) => [...given(path), ...json], stdin);
      expect(status).toBe(1);
      expect(stdout).toContain('token-algorithm');
      for (const part of [token, ...token.split('.')]) expect(stdout + stderr).not.toContain(part);
    }
  });
});

describe('the report', () => {
  const slashed = () =>
    createNetwork(({ url }) =>
      url.pathname.includes('oauth-protected-resource')
        ? Response.json({ resource: `${mcpUrl}/`, authorization_servers: [issuer] })
        : undefined,
    );

  it('has the cause on top, then everything else', async () => {
    const { tools } = slashed();
    const diagnosis = await examine(mcpUrl, {}, tools);
    await expect(
      describeDiagnosis(diagnosis, createStyle(new Recorder(), {}), 80),
    ).toMatchFileSnapshot('report.txt');
  });

  it('is one document for programs', async () => {
    const { tools } = slashed();
    const report = diagnosisToJson(await examine(mcpUrl, {}, tools));
    expect(report).toMatchObject({
      ok: false,
      url: mcpUrl,
      first: 'resource-slash',
      problems: 1,
      warnings: 2,
      provider: null,
      skipped: [expect.stringContaining('need a token')],
    });
    const { findings } = report;
    expect(findings.find(({ id }) => id === 'resource-slash')).toEqual({
      id: 'resource-slash',
      check: 'resource',
      level: 'problem',
      title: resourceFindings['resource-slash'].title,
      seen: {
        asked: mcpUrl,
        found: `${mcpUrl}/`,
        difference: '“found” ends in a slash, “asked” does not',
        'use everywhere': mcpUrl,
        at: 'https://mcp.example.com/.well-known/oauth-protected-resource/mcp',
      },
      why: expect.any(String),
      cure: expect.any(String),
      page: expect.stringMatching(/^https:/),
    });
  });

  it('says nothing that could steer a terminal', async () => {
    const evil = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202e\u200b\r\n✓ all good';
    const { tools } = createNetwork(({ url }) =>
      url.pathname.includes('oauth-protected-resource')
        ? Response.json({ resource: evil, authorization_servers: [evil], scopes_supported: [evil] })
        : undefined,
    );
    const diagnosis = await examine(mcpUrl, {}, tools);
    const text = describeDiagnosis(diagnosis, createStyle(new Recorder(), {}));
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(text).not.toMatch(/^✓ all good/m);
    expect(JSON.stringify(diagnosisToJson(diagnosis))).not.toMatch(/[\u009b\u202e]|\\u001b/);
  });
});
