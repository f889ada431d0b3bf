/** A long time under load: nothing fails, and memory stays as it is. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Login, logInOnce } from '../bench/login-client.js';
import type { Report } from '../bench/report.js';
import { median } from '../bench/statistics.js';
import { call, refresh, type Seen } from './client.js';
import type { Fault, Look } from './fault.js';
import type { Memory, Server } from './servers.js';
import { createProvidedWorld, createProxyWorld } from './worlds.js';

/** How often memory is looked at, all in all, and how many looks are left out as warm-up. */
const looks = 10;
const warmUp = 3;
/** By how much the heap may grow from warm-up to end, along the line through all looks, in bytes. */
const tolerance = 5e6;

export const soak: Fault = {
  name: 'soak',
  about:
    'Clients call tools, renew their tokens and log in for as long as `--minutes` says, 10 if it says nothing. What is judged is the line through what the heap holds after garbage was collected, without the first looks.',
  async cause(look, { minutes }, report) {
    await using proxied = await createProxyWorld();
    await using proxy = await proxied.start({ LOG_LEVEL: 'warn' });
    await using provided = await createProvidedWorld('jwt');
    await using jwt = await provided.start({ LOG_LEVEL: 'warn' });
    const end = performance.now() + minutes * 60_000;
    const load = { end, met: new Map<string, number[]>(), errors: new Map<string, number>() };

    const { provider } = provided;
    const usual = await provided.token(jwt);
    const claims = JSON.parse(Buffer.from(usual.split('.')[1] ?? '', 'base64url').toString());
    const fresh = () => {
      const exp = Math.floor(Date.now() / 1000) + 300;
      return provider.sign({ typ: 'at+jwt' }, { ...claims, exp, jti: crypto.randomUUID() });
    };
    const logins: Login[] = [await logInOnce(proxy.port, proxied.upstream)];
    const latest = () => logins.at(-1) as Login;
    const remembered = async () => {
      await latest().remembered.again();
      return good;
    };
    const first = async () => {
      logins.push(await logInOnce(proxy.port, proxied.upstream));
      // Those who came long ago are not seen again.
      if (logins.length > 50) logins.shift();
      return good;
    };
    const work = [
      keepAt(load, 'jwt: a call with a new token', 40, () => call(jwt, fresh())),
      keepAt(load, 'jwt: a call', 20, () => provided.token(jwt).then((token) => call(jwt, token))),
      keepAt(load, 'proxy: a call', 20, () => call(proxy, latest().accessToken)),
      keepAt(load, 'proxy: a refresh', 100, () => refresh(proxy, logins[0] as Login)),
      keepAt(load, 'proxy: a login of somebody known', 500, remembered),
      keepAt(load, 'proxy: a login', 1_000, first),
    ];
    const servers = { jwt, proxy };
    const found = await watch(servers, minutes);
    await Promise.all(work);

    for (const [name, memories] of Object.entries(found)) judge(look, name, memories);
    const failures = [...load.errors].map(([name, count]) => `${name} × ${count}`).join(', ');
    look(
      'both',
      'answer everything by what was asked for',
      failures || 'no errors',
      failures === '',
    );
    for (const [name, { process }] of Object.entries(servers)) {
      const isThere = process.exitCode === null;
      look(name, 'be there at the end', isThere ? 'it is' : `status ${process.exitCode}`, isThere);
    }
    describeLoad(report, load.met);
    describeMemory(report, found, minutes);
  },
};

const good: Seen = { status: 200, milliseconds: Number.NaN, body: {} };

interface Load {
  end: number;
  /** How long it took, in milliseconds, by the name of the work. */
  met: Map<string, number[]>;
  errors: Map<string, number>;
}

/** Does something again and again, with a rest between, in milliseconds. */
async function keepAt(
  { end, met, errors }: Load,
  name: string,
  rest: number,
  once: () => Promise<Seen>,
) {
  const times: number[] = [];
  met.set(name, times);
  while (performance.now() < end) {
    const started = performance.now();
    const failure = await once().then(
      ({ status, error }) => (status === 200 ? undefined : `${status} ${error ?? ''}`),
      (error: Error) => error.message,
    );
    times.push(performance.now() - started);
    if (failure !== undefined) {
      const key = `${name}: ${failure}`;
      errors.set(key, (errors.get(key) ?? 0) + 1);
    }
    await pause(rest);
  }
}

/** Looks at the memory of each server until the time is over. */
async function watch(servers: Record<string, Server>, minutes: number) {
  const found: Record<string, Memory[]> = {};
  for (let turn = 0; turn < looks; turn++) {
    await pause((minutes * 60_000) / looks);
    for (const [name, server] of Object.entries(servers)) {
      found[name] = [...(found[name] ?? []), await server.memory()];
    }
  }
  return found;
}

function judge(look: Look, name: string, memories: readonly Memory[]): void {
  const steady = memories.slice(warmUp).map(({ heap }) => heap);
  const growth = slope(steady) * (steady.length - 1);
  look(
    name,
    `grow by less than ${tolerance / 1e6} MB after warm-up`,
    `${(growth / 1e6).toFixed(2)} MB, at ${megabytes(median(steady))} MB`,
    growth < tolerance,
  );
}

/** Of the line of least squares, per step. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const above = values.reduce((sum, value, at) => sum + (at - middle) * (value - mean), 0);
  return above / values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
}

function describeLoad(report: Report, met: Load['met']): void {
  const rows = [...met].map(([name, times]) => {
    const sorted = times.toSorted((a, b) => a - b);
    const at = (part: number) =>
      (sorted[Math.floor(sorted.length * part)] ?? Number.NaN).toFixed(0);
    return [name, String(times.length), at(0.5), at(0.99)];
  });
  report.table('Load', ['work', 'times', 'p50 ms', 'p99 ms'], rows, [
    'The clients, the providers and other work share the machine: only that it goes on counts.',
  ]);
}

function describeMemory(report: Report, found: Record<string, Memory[]>, minutes: number): void {
  const names = Object.keys(found);
  const times = Array.from({ length: looks }, (_, at) => ((at + 1) * minutes) / looks);
  const rows = times.map((time, at) => [
    time.toFixed(1),
    ...names.flatMap((name) => {
      const { heap = Number.NaN, resident = Number.NaN } = found[name]?.[at] ?? {};
      return [megabytes(heap), megabytes(resident)];
    }),
  ]);
  const columns = ['minute', ...names.flatMap((name) => [`${name}, heap`, `${name}, resident`])];
  report.table('Memory in MB', columns, rows);
  report.chart({
    name: 'soak',
    title: 'Memory under load',
    kind: 'line',
    unit: 'MB',
    categories: times.map((time) => time.toFixed(0)),
    series: names.flatMap((name) => {
      const memories = found[name] ?? [];
      return [
        { name: `${name}, heap`, values: memories.map(({ heap }) => Number(megabytes(heap))) },
        {
          name: `${name}, resident`,
          values: memories.map(({ resident }) => Number(megabytes(resident))),
        },
      ];
    }),
  });
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
