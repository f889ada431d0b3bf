// The command: what it takes, what it starts, what it prints, and what it leaves behind.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/cli.js';
import { parseConformance } from '../../src/conformance/arguments.js';
import { fillVariables, parseVariables } from '../../src/conformance/environment.js';
import { reportToJunit } from '../../src/conformance/junit.js';
import { createKeys } from '../../src/conformance/keys.js';
import { startProvider } from '../../src/conformance/provider.js';
import { describeReport, reportToJson } from '../../src/conformance/report.js';
import { createStyle } from '../../src/terminal.js';
import { freePort } from '../support/project.js';
import { thrownBy } from '../support/thrown.js';
import { Recorder, run } from '../support/world.js';
import { runOn } from './support.js';

const url = 'http://localhost:3000/mcp';

describe('arguments', () => {
  it.each<[string[], string]>([
    [[], 'URL_MISSING'],
    [['localhost:3000'], 'URL_INVALID'],
    [[url, '--tokens', 'paper', '--', 'node'], 'OPTION_INVALID'],
    [[url, '--issuer-port', '0'], 'OPTION_INVALID'],
    [[url, '--issuer-port', '70000'], 'OPTION_INVALID'],
    [[url, '--timeout', '0'], 'OPTION_INVALID'],
    [[url, '--env', 'A={issuer}'], 'OPTION_CONFLICT'],
    [[url, '--env', '={issuer}', '--', 'node'], 'OPTION_INVALID'],
    [[url, '--env', 'A={isuer}', '--', 'node'], 'OPTION_INVALID'],
    [[url, 'node', 'server.js'], 'ARGUMENTS_EXCESS'],
  ])('2: %j', async (argv, code) => {
    const { status, stdout } = await run(['conformance', '--json', ...argv]);
    expect({ status, code: JSON.parse(stdout).error.code }).toEqual({ status: 2, code });
  });

  it('leaves what follows -- to the command that is started', () => {
    const argv = [
      'conformance',
      url,
      '--tokens',
      'opaque',
      '--',
      'npm',
      'start',
      '--json',
      '--help',
      '--',
    ];
    expect(parseArguments(argv, '1.2.3')).toEqual({
      kind: 'conformance',
      flags: { url, tokens: 'opaque', command: ['npm', 'start', '--json', '--help', '--'] },
    });
  });

  it('has a known port where somebody else has to know it', () => {
    expect(parseConformance({ url }).port).toBe(4444);
    expect(parseConformance({ url, command: ['node'] }).port).toBe(0);
    expect(parseConformance({ url, command: ['node'], issuerPort: '5000' }).port).toBe(5000);
  });

  it('fills in what --env names, and leaves other braces alone', () => {
    const variables = parseVariables(['A={issuer}/x', 'B={"c":1}', 'PORT=7']);
    expect(fillVariables(variables, { issuer: 'http://i', port: '3000' })).toMatchObject({
      A: 'http://i/x',
      B: '{"c":1}',
      PORT: '7',
      OAUTH_ISSUER_URL: 'http://i',
    });
    expect(thrownBy(() => parseVariables(['A={password}'])).what).toContain('{password}');
  });
});

describe('the server', () => {
  const start = async (script: string, port: number) => {
    const address = `http://localhost:${port}/mcp`;
    const result = await run(['conformance', address, '--', process.execPath, '-e', script]);
    return { ...result, address };
  };

  it('is told apart when it does not start', async () => {
    const { status, stderr } = await start(
      'console.error("no database"); process.exit(3)',
      await freePort(),
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/does not answer at .*\n.*It printed:\n.*no database/);
  });

  it('is told apart when there is no such program', async () => {
    const address = `http://localhost:${await freePort()}/mcp`;
    const { status, stderr } = await run(['conformance', address, '--', 'no-such-program']);
    expect(status).toBe(1);
    expect(stderr).toContain('ENOENT');
  });

  it('must not be somebody else', async () => {
    await using provider = await startProvider(await createKeys());
    const taken = `${provider.origin}/jwks`;
    const { status, stderr } = await run(['conformance', taken, '--', 'node']);
    expect(status).toBe(1);
    expect(stderr).toContain('Something answers at');
  });

  it('is open: everything that needs a login fails or is skipped, and it is gone afterwards', async () => {
    const port = await freePort();
    const script = `require('node:http').createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end('{"jsonrpc":"2.0","id":1,"result":{}}');
    }).listen(${port})`;
    const { status, stdout, address } = await start(script, port);
    expect(status).toBe(1);
    expect(stdout).toContain(
      'MUST: A request without a token is refused by 401  [challenge-status]',
    );
    expect(stdout).toContain('A good token is not accepted, so a refusal says nothing.');
    await expect(fetch(address)).rejects.toThrow();
  });

  it('is waited for where somebody else starts it', async () => {
    const [port, issuer] = [await freePort(), await freePort()];
    const argv = ['conformance', `http://localhost:${port}/mcp`, '--issuer-port', String(issuer)];
    const controller = new AbortController();
    const running = run(argv, { signal: controller.signal });
    const location = `http://127.0.0.1:${issuer}/.well-known/openid-configuration`;
    let metadata: { issuer?: string } | undefined;
    while (metadata === undefined) {
      metadata = (await fetch(location).then(
        (response) => response.json(),
        () => undefined,
      )) as typeof metadata;
    }
    controller.abort();
    const { status, stderr } = await running;
    expect(status).toBe(130);
    expect(metadata.issuer).toBe(`http://127.0.0.1:${issuer}`);
    expect(stderr).toContain(`OAUTH_ISSUER_URL=${metadata.issuer}\n`);
  });
});

describe('reports', () => {
  const broken = { scopesOf: () => ['mcp:use'] };
  const advised = { forgetful: true };

  it('show what was sent, expected and seen, and no token', async () => {
    const text = describeReport(await runOn(broken), createStyle(new Recorder(), {}), 100);
    expect(text).toMatch(
      /MUST: A token without the scopes .* \[scope-enforced\]\n {4}rule {6}MCP, .*\n(.*\n)?.*request {3}initialize, a token without scopes\n {4}expected {2}a refusal\n {4}seen {6}status 200/,
    );
    expect(text).not.toMatch(/eyJ[\w-]{20}/);
  });

  it('show no token that a server repeats', async () => {
    const report = await runOn({
      reply: (usual, { token }) => ({
        ...usual,
        headers: {
          ...usual.headers,
          ...(usual.status === 401 && { 'www-authenticate': `Bearer error="${token}"` }),
        },
      }),
    });
    const text = JSON.stringify(reportToJson(report));
    expect(text).toContain('[the token]');
    expect(text).not.toMatch(/eyJ[\w-]{20}/);
  });

  it('JUnit: only a failed MUST is a failure', async () => {
    expect(reportToJunit(await runOn(broken))).toContain('<failure message=');
    const junit = reportToJunit(await runOn(advised));
    expect(junit).not.toContain('<failure');
    expect(junit).toMatch(/keys-cached: .*\(ADVICE\)"><skipped message="ADVICE: 10 requests">/);
  });

  it('JUnit is well-formed whatever a server says', async () => {
    const challenge = 'Bearer realm="<&\u0001\u00ff>"';
    const report = await runOn({
      reply: (usual) => ({
        ...usual,
        headers: {
          ...usual.headers,
          ...(usual.status === 401 && { 'www-authenticate': challenge.replace('\u0001', '') }),
        },
      }),
    });
    const junit = reportToJunit({ ...report, url: 'http://localhost/\u0001<&">' });
    expect(junit).toContain('name="http://localhost/\ufffd&lt;&amp;&quot;&gt;"');
    expect(junit).not.toMatch(/<&|&(?!amp;|lt;|gt;|quot;)/);
  });
});

it('writes no report where it cannot, and says so', async () => {
  const directory = join('/nowhere', 'junit.xml');
  const port = await freePort();
  const script = join(
    (await import('../support/directory.js')).makeTemporaryDirectory(),
    'server.cjs',
  );
  writeFileSync(
    script,
    `require('node:http').createServer((q, r) => r.writeHead(200).end()).listen(${port})`,
  );
  const argv = [
    'conformance',
    `http://localhost:${port}/mcp`,
    '--junit',
    directory,
    '--',
    process.execPath,
    script,
  ];
  const { status, stderr } = await run(argv);
  expect(status).toBe(1);
  expect(stderr).toContain('cannot be written');
});
