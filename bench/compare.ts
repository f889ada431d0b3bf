/** Generated servers in every mode with every framework, beside other ways to write the same tool. */
import { startUpstream } from '../templates/oauth-proxy/test/support/upstream.js';
import { environmentFor, startIssuer } from './issuer.js';
import { type Latency, measureLatency } from './latency.js';
import { type Effort, measureLoad, type Variant } from './load.js';
import { createMessage, type Era, type Message } from './messages.js';
import { installPeers } from './peers.js';
import { buildGenerated, buildPeer } from './project.js';
import { buildProxy, startProxy, tokenOf } from './proxy-server.js';
import type { Report } from './report.js';
import { type ServerProcess, startServer } from './server-process.js';
import { withSession } from './session.js';
import { median, ratio } from './statistics.js';
import { describeGoal, format } from './table.js';

const effort: Effort = { rounds: 9, duration: 200 };
const waiting = { concurrency: 16, duration: 1_500 };

const frameworks = ['hono', 'express', 'fastify'] as const;
const modes = ['open', 'jwt', 'introspection', 'proxy'] as const;
type Mode = (typeof modes)[number];

interface Candidate {
  name: string;
  server: ServerProcess;
  /** Of generated servers. */
  mode?: Mode;
  token?: string;
  /** Most others speak the older era only. */
  eras: readonly Era[];
}

const bothEras = ['modern', 'legacy'] as const;

export async function compareServers(workspace: string, report: Report): Promise<void> {
  const issuer = await startIssuer();
  const upstream = await startUpstream();
  const candidates: Candidate[] = [];
  const signed = await issuer.sign('RS256', 'somebody');
  for (const mode of modes) {
    for (const framework of frameworks) {
      const name = `${mode}, ${framework}`;
      const directory = `${mode}-${framework}`;
      const options = ['--framework', framework];
      if (mode === 'proxy') {
        const program = buildProxy(workspace, directory, upstream, options);
        const server = await startProxy(program, upstream, `file:${workspace}/${directory}.db`);
        const token = await tokenOf(server, upstream);
        candidates.push({ name, mode, server, token, eras: bothEras });
      } else {
        const login = mode === 'open' ? [] : ['--issuer', issuer.url, '--auth-mode', mode];
        const program = buildGenerated(workspace, directory, [...options, ...login]);
        const env = { TOOLS: '1', ...(mode !== 'open' && environmentFor(issuer)) };
        const server = await startServer({ ...program, env });
        const token = mode === 'open' ? {} : { token: signed };
        candidates.push({ name, mode, server, ...token, eras: bothEras });
      }
    }
  }
  const sdk = await startServer({ ...(await buildPeer(workspace)), env: { TOOLS: '1' } });
  candidates.push({ name: 'SDK 2, its examples', server: sdk, eras: bothEras });
  const peers = await installPeers(workspace);
  for (const { name, program } of peers) {
    candidates.push({ name, server: await startServer(program), eras: ['legacy'] });
  }

  const times = new Map<string, number[]>();
  for (const era of bothEras) {
    const variants = await Promise.all(
      candidates.filter(({ eras }) => eras.includes(era)).map((one) => toVariant(one, era)),
    );
    for (const [{ name }, found] of await measureLoad(variants, effort)) {
      times.set(`${name} ${era}`, found);
    }
  }
  const latencies = new Map<string, Latency & { resident: number }>();
  for (const candidate of candidates) {
    const latency = await measureLatency(await toVariant(candidate, 'legacy'), waiting);
    const { resident } = await candidate.server.usage();
    latencies.set(candidate.name, { ...latency, resident });
  }
  await Promise.all(candidates.map(({ server }) => server.stop()));
  issuer.stop();
  await upstream.close();

  const timesOf = (name: string, era: Era) => times.get(`${name} ${era}`) ?? [];
  const rows = candidates.map(({ name, server }) => {
    const latency = latencies.get(name);
    return [
      name,
      ...bothEras.map((era) => format(median(timesOf(name, era)))),
      format(ratio(timesOf(name, 'legacy'), timesOf('open, hono', 'legacy')), 2),
      ...[latency?.rate, latency?.p50, latency?.p95, latency?.p99].map((value, at) =>
        format(value, at === 0 ? 0 : 1),
      ),
      format((latency?.resident ?? Number.NaN) / 1e6),
      format(server.bootTime),
    ];
  });
  const gated = (['jwt', 'proxy'] as const).flatMap((mode) =>
    frameworks.flatMap((framework) =>
      bothEras.map((era) => {
        const own = timesOf(`${mode}, ${framework}`, era);
        return { mode, percent: (ratio(own, timesOf(`open, ${framework}`, era)) - 1) * 100 };
      }),
    ),
  );
  const gain = candidates
    .filter(({ mode }) => mode === 'open')
    .map(({ name }) => ratio(timesOf('SDK 2, its examples', 'legacy'), timesOf(name, 'legacy')));
  report.table(
    `tools/call with one tool: CPU time per request in µs, and what ${waiting.concurrency} clients see who wait for each other`,
    [
      'server',
      'µs modern',
      'µs legacy',
      '× open, hono',
      'requests/s',
      'p50 ms',
      'p95 ms',
      'p99 ms',
      'MB after',
      'start ms',
    ],
    rows,
    [
      `Legacy is protocol 2025-11-25, modern 2026-07-28; median of ${effort.rounds} alternating rounds, requests per second and latency in the legacy era.`,
      'Tokens have been seen before, as those of a client at work have. Start is from spawn to the first 200 on /health.',
      ...(peers.length === 0
        ? ['Other frameworks are missing: the registry cannot be reached.']
        : []),
      describeGoal(
        'an open server at least 3 times cheaper than the SDK by default, with each framework',
        gain.map((times) => `${format(times, 1)} times`).join(', '),
        gain.every((times) => times >= 3),
      ),
      describeGoal(
        'a token costs at most 15 % of a call, in the modes jwt and proxy',
        gated.map(({ mode, percent }) => `${mode} ${format(percent)} %`).join(', '),
        gated.every(({ percent }) => percent <= 15),
      ),
    ],
  );
  report.chart({
    name: 'compare-cpu',
    title: 'CPU time of tools/call, protocol 2025-11-25',
    kind: 'bar',
    unit: 'µs',
    categories: candidates.map(({ name }) => name),
    series: [
      {
        name: 'CPU time',
        values: candidates.map(({ name }) => Math.round(median(timesOf(name, 'legacy')))),
      },
    ],
  });
}

/** What a candidate is sent; a server that keeps sessions is given one. */
async function toVariant(
  { name, server, token }: Candidate,
  era: Era,
): Promise<Variant & { name: string }> {
  const plain = createMessage('tools/call', era, 1);
  const message: Message = token
    ? { ...plain, headers: { ...plain.headers, authorization: `Bearer ${token}` } }
    : era === 'legacy'
      ? await withSession(server.port, plain)
      : plain;
  return { name, server, next: () => message };
}
