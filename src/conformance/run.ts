/** The whole run: look around, find a request that needs a token, then case by case. */
import { isLoopbackHost } from '../doctor/addresses.js';
import type { Tools } from '../doctor/tools.js';
import { type Bench, createBench, type Program, type Setup } from './bench.js';
import { type Need, type Result, skip } from './case.js';
import { isServed, statusOf } from './exchange.js';
import { look } from './looks.js';
import { type Probe, probes } from './probe.js';
import type { Provider } from './provider.js';
import { suite } from './suite.js';
import type { TokenFormat } from './token.js';

export interface Subject {
  readonly url: string;
  readonly audience: string;
  readonly format: TokenFormat;
  /** What every request needs; undefined: what the challenge says. */
  readonly scopes?: readonly string[];
  readonly provider: Provider;
  /** Absent: the server was started by somebody else. */
  readonly program?: Program;
  /** Milliseconds in which a new key has to be used. */
  readonly patience: number;
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Told before each case. */
  readonly onCase?: (title: string) => void;
}

export interface Report {
  readonly url: string;
  readonly format: TokenFormat;
  /** What all cases send. */
  readonly probe: string;
  readonly results: readonly Result[];
}

/** Where a server asks for no scopes, tokens have one nevertheless, as most have. */
const anyScope = 'mcp:use';

export async function runSuite(subject: Subject, tools: Tools): Promise<Report> {
  const { url } = subject;
  const looks = await look(url, tools);
  const listed = looks.metadata?.document.scopes_supported;
  // It is no scope of the server, and that it is asked for is a case of its own.
  const challenged = looks.challenged?.filter((scope) => scope !== 'offline_access');
  const required = subject.scopes ?? challenged ?? [];
  const supported = Array.isArray(listed) ? listed.filter(isText) : [];
  const scopes = [...new Set([...required, ...supported])];
  const { bench, accepted } = await findProbe({
    ...subject,
    tools,
    looks,
    required,
    scopes: scopes.length > 0 ? scopes : [anyScope],
  });
  const here: Readonly<Record<Need, string | undefined>> = {
    accepted: accepted ? undefined : 'A good token is not accepted, so a refusal says nothing.',
    scopes: required.length > 0 ? undefined : 'The server asks for no scopes in its challenge.',
    jwt: subject.format === 'jwt' ? undefined : 'Only tokens that are JWTs have it.',
    command: subject.program ? undefined : 'Only where this command starts the server.',
    loopback: isLoopbackHost(new URL(url).hostname) ? undefined : 'Only on this machine.',
  };
  const results: Result[] = [];
  for (const { id: group, cases } of suite) {
    for (const { run, needs, ...row } of cases) {
      subject.onCase?.(row.title);
      const lacking = needs.map((need) => here[need]).find((reason) => reason !== undefined);
      const verdict = lacking === undefined ? await run(bench) : skip(lacking);
      results.push({ ...row, group, ...verdict });
    }
  }
  return { url, format: subject.format, probe: bench.probe.name, results };
}

/** The first request that is refused without a token, and served with a good one. */
async function findProbe(
  setup: Omit<Setup, 'probe'>,
): Promise<{ readonly bench: Bench; readonly accepted: boolean }> {
  for (const probe of probes) {
    const bench = createBench({ ...setup, probe });
    const without = await bench.send({ what: 'without a token', credentials: 'none' });
    if (statusOf(without) === 401 && isServed(await bench.sendToken('good'))) {
      return { bench, accepted: true };
    }
  }
  // Then a good token is refused, which is told with the usual request.
  return { bench: createBench({ ...setup, probe: probes[0] as Probe }), accepted: false };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
