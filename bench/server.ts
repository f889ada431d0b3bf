/** The CPU time per request of a generated server, beside the SDK's default set-up. */
import { type Effort, measureLoad, type Variant } from './load.js';
import { createMessage, type Era, eras, type Method, methods } from './messages.js';
import { buildGenerated, buildPeer } from './project.js';
import type { Report } from './report.js';
import { type Program, type ServerProcess, startServer } from './server-process.js';
import { median, ratio } from './statistics.js';
import { describeGoal, format } from './table.js';

const effort: Effort = { rounds: 11, duration: 250 };

/** The SDK hands requests on in two ways, which differ in who reads the body. */
const peers = ['SDK examples', 'SDK guide'] as const;
/** With the default framework, and with the others. */
const generated = ['generated', 'with Express', 'with Fastify'] as const;
type Kind = (typeof peers)[number] | (typeof generated)[number];

/** Numbers of tools, and who has so many; in an order that puts side by side what is compared. */
const sizes: { count: number; kinds: readonly Kind[] }[] = [
  { count: 1, kinds: [...peers, ...generated] },
  { count: 1_000, kinds: ['generated'] },
  { count: 10, kinds: [...peers, 'generated'] },
  { count: 100, kinds: [...peers, 'generated'] },
];

interface Candidate extends Variant {
  kind: Kind;
  count: number;
  method: Method;
  era: Era;
}

export async function measureServers(workspace: string, report: Report): Promise<void> {
  const servers = await startAll(workspace);
  const results = new Map<Candidate, number[]>();
  // One kind of request at a time: only what is compared alternates, and that at short intervals.
  for (const method of methods) {
    for (const era of eras) {
      const candidates = servers.map(({ server, kind, count }): Candidate => {
        const message = createMessage(method, era, count);
        return { server, next: () => message, kind, count, method, era };
      });
      for (const entry of await measureLoad(candidates, effort)) results.set(...entry);
    }
  }
  await Promise.all(servers.map(({ server }) => server.stop()));

  /** CPU time per request, round by round; nothing for what was not measured. */
  const timesOf = (kind: Kind, count: number, method: Method, era: Era) => {
    const found = [...results].find(
      ([one]) =>
        one.kind === kind && one.count === count && one.method === method && one.era === era,
    );
    return found?.[1] ?? [];
  };
  const saved = (kind: Kind, count: number, method: Method, era: Era, by: Kind = 'generated') =>
    ratio(timesOf(kind, count, method, era), timesOf(by, count, method, era));
  const growth = eras.map(
    (era) =>
      ratio(
        timesOf('generated', 1_000, 'tools/call', era),
        timesOf('generated', 1, 'tools/call', era),
      ) - 1,
  );

  const inOrder = sizes.toSorted((a, b) => a.count - b.count);
  const rows = inOrder.flatMap(({ count }) =>
    methods.flatMap((method) =>
      eras.map((era) => [
        `${method}, ${count} tool${count === 1 ? '' : 's'}, ${era}`,
        ...[...peers, ...generated].map((kind) =>
          format(median(timesOf(kind, count, method, era)), 0),
        ),
        ...peers.map((kind) => format(saved(kind, count, method, era), 1)),
      ]),
    ),
  );
  report.table(
    `CPU time of the server per request, in µs (median of ${effort.rounds} alternating rounds)`,
    ['request', ...peers, ...generated, ...peers.map((kind) => `${kind} / generated`)],
    rows,
    [
      'Left out: the SDK with 1,000 tools, where one answer takes a tenth of a second.',
      ...peers.flatMap((kind) =>
        generated.map((by) => {
          const times = eras.map((era) => saved(kind, 1, 'tools/call', era, by));
          return describeGoal(
            `tools/call with one tool, ${by}, at least 3 times cheaper than in the ${kind}`,
            eras.map((era, at) => `${era} ${format(times[at], 2)} times`).join(', '),
            times.every((time) => time >= 3),
          );
        }),
      ),
      describeGoal(
        'tools/call of the generated server from 1 to 1,000 tools within 20 %',
        eras.map((era, at) => `${era} ${format((growth[at] ?? 0) * 100, 0)} %`).join(', '),
        growth.every((change) => Math.abs(change) <= 0.2),
      ),
    ],
  );
  report.chart({
    name: 'server-tools',
    title: 'CPU time of tools/call by the number of tools, protocol 2025-11-25',
    kind: 'line',
    unit: 'µs',
    logarithmic: true,
    categories: inOrder.map(({ count }) => String(count)),
    series: [...peers, 'generated' as const].map((name) => ({
      name,
      values: inOrder.map(({ count, kinds }) =>
        kinds.includes(name)
          ? Math.round(median(timesOf(name, count, 'tools/call', 'legacy')))
          : null,
      ),
    })),
  });
}

async function startAll(
  workspace: string,
): Promise<{ server: ServerProcess; kind: Kind; count: number }[]> {
  const peer = await buildPeer(workspace);
  const programs: Record<Kind, Program> = {
    'SDK examples': peer,
    'SDK guide': { ...peer, env: { HAND_ON_BODY: 'yes' } },
    generated: buildGenerated(workspace, 'open-server'),
    'with Express': buildGenerated(workspace, 'express-server', ['--framework', 'express']),
    'with Fastify': buildGenerated(workspace, 'fastify-server', ['--framework', 'fastify']),
  };
  const started = sizes.flatMap(({ count, kinds }) =>
    kinds.map(async (kind) => {
      const { env, ...program } = programs[kind];
      const server = await startServer({ ...program, env: { ...env, TOOLS: String(count) } });
      return { server, kind, count };
    }),
  );
  return Promise.all(started);
}
