/** `create-mcp-server conformance`: from what was typed to the exit status. */
import { lookup } from 'node:dns/promises';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ConformanceFlags } from '../cli.js';
import { createHttp } from '../doctor/http.js';
import { nodeFetch } from '../doctor/node-fetch.js';
import type { Tools } from '../doctor/tools.js';
import { asCommandError, ExitStatus, RunError, systemReason } from '../errors.js';
import type { World } from '../main.js';
import { createStyle } from '../terminal.js';
import { type Arguments, parseConformance } from './arguments.js';
import { fillVariables, valuesFor } from './environment.js';
import { reportToJunit } from './junit.js';
import { createKeys } from './keys.js';
import { answers, launch } from './program.js';
import { type Provider, startProvider } from './provider.js';
import { describeReport, reportToJson, summarise } from './report.js';
import { type Report, runSuite } from './run.js';

/** How long starts may take, in milliseconds: that of a process, and that of a person. */
const patience = { process: 60_000, person: 10 * 60_000 };
/** Within so many milliseconds a new key has to be used: common libraries wait 30 seconds. */
const rotation = 45_000;
/** What a command is told if nobody says which scopes there are. */
const usualScopes = ['mcp:use'];

/**
 * @returns `failed` if a rule is broken that says MUST
 * @throws UsageError, RunError, CancelledError
 */
export async function runConformance(
  flags: ConformanceFlags,
  json: boolean,
  world: World,
): Promise<ExitStatus> {
  const given = parseConformance(flags);
  const { env, stdout, signal } = world;
  const tools: Tools = {
    now: Date.now,
    http: createHttp({
      fetch: nodeFetch,
      resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
      // Wrong tokens are nothing to show to a proxy, and the provider is on this machine.
      proxyFor: () => undefined,
      timeout: given.timeout,
      allowPrivate: true,
      signal,
      userAgent: `create-mcp-server-conformance/${world.version}`,
    }),
  };
  const report = await run(given, tools, world).catch((error: unknown) => {
    throw asCommandError(error, signal);
  });
  if (given.junit !== undefined) writeReport(resolve(world.cwd, given.junit), report);
  if (json) stdout.write(`${JSON.stringify(reportToJson(report), null, 2)}\n`);
  else {
    const { columns = 100 } = stdout as { columns?: number };
    stdout.write(
      describeReport(report, createStyle(stdout, env), Math.max(40, Math.min(columns, 110))),
    );
  }
  return summarise(report.results).ok ? ExitStatus.done : ExitStatus.failed;
}

async function run(given: Arguments, tools: Tools, world: World): Promise<Report> {
  const { url, audience, format, scopes, port, command, variables } = given;
  const { stderr, signal } = world;
  await using provider = await startProvider(await createKeys(), port).catch((error: unknown) => {
    throw new RunError('ISSUER_PORT', {
      what: `The provider cannot listen on port ${port}`,
      why: `${systemReason(error)}.`,
      fix: 'Choose another port: --issuer-port.',
      option: '--issuer-port',
    });
  });
  const wait = (milliseconds: number) => pause(milliseconds, undefined, { signal });
  const environment = () => {
    const values = valuesFor(provider, { url, audience, scopes: scopes ?? usualScopes });
    return fillVariables(variables, values);
  };
  const subject = {
    url,
    audience,
    format,
    ...(scopes && { scopes }),
    provider,
    patience: rotation,
    pause: wait,
  };
  if (command.length === 0) {
    stderr.write(explainProvider(provider, environment(), url));
    await waitForServer(url, tools, wait);
    return runSuite(subject, tools);
  }
  await using server = await launch({
    command,
    cwd: world.cwd,
    environment: () => ({ ...world.env, ...environment() }),
    url,
    http: tools.http,
    patience: patience.process,
    pause: wait,
    signal,
  });
  return await runSuite({ ...subject, program: server }, tools);
}

/** What a person needs to start the server. */
function explainProvider(provider: Provider, environment: object, url: string): string {
  const settings = Object.entries(environment).map(([name, value]) => `  ${name}=${value}`);
  return [
    `The identity provider of this run is ${provider.issuer}`,
    `Its keys are at ${provider.endpoints.jwks}, its metadata at ${provider.endpoints.metadata}`,
    `Start the server now, if it does not run, so that it trusts this provider. Servers made by create-mcp-server read:`,
    ...settings,
    `Waiting until it answers at ${url} …`,
    '',
  ].join('\n');
}

async function waitForServer(
  url: string,
  { http }: Tools,
  wait: (milliseconds: number) => Promise<void>,
): Promise<void> {
  const step = 250;
  for (let waited = 0; waited < patience.person; waited += step) {
    if (await answers(url, http)) return;
    await wait(step);
  }
  throw new RunError('SERVER_NOT_FOUND', {
    what: `Nothing answers at ${url}`,
    why: 'No MCP server was started there in ten minutes.',
    fix: 'Check the address, or give the command that starts it after --.',
  });
}

function writeReport(file: string, report: Report): void {
  try {
    writeFileSync(file, reportToJunit(report));
  } catch (error) {
    throw new RunError('JUNIT_NOT_WRITTEN', {
      what: `${file} cannot be written`,
      why: `${systemReason(error)}.`,
      fix: 'Choose another file: --junit.',
      option: '--junit',
    });
  }
}
