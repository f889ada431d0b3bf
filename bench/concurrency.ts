/** How a server behaves when more and more clients wait for it at the same time. */
import { environmentFor, startIssuer } from './issuer.js';
import { type Latency, measureLatency } from './latency.js';
import { createMessage } from './messages.js';
import { buildGenerated, buildPeer } from './project.js';
import type { Report } from './report.js';
import { startServer } from './server-process.js';

const steps = [1, 4, 16, 64, 250, 500];
const duration = 1_500;
const nothing = { rate: Number.NaN, p50: Number.NaN, p99: Number.NaN };

export async function measureConcurrency(workspace: string, report: Report): Promise<void> {
  const issuer = await startIssuer();
  const plain = createMessage('tools/call', 'legacy', 1);
  const authorization = `Bearer ${await issuer.sign('RS256', 'somebody')}`;
  const withToken = { ...plain, headers: { ...plain.headers, authorization } };
  const env = { TOOLS: '1', ...environmentFor(issuer) };
  const open = await startServer({ ...buildGenerated(workspace, 'crowd-open'), env });
  const jwt = await startServer({ ...buildGenerated(workspace, 'crowd-jwt', ['--oauth']), env });
  const sdk = await startServer({ ...(await buildPeer(workspace)), env });
  const variants = [
    { name: 'open', server: open, next: () => plain },
    { name: 'jwt', server: jwt, next: () => withToken },
    { name: 'SDK 2, its examples', server: sdk, next: () => plain },
  ];

  const found = new Map(variants.map(({ name }) => [name, [] as Latency[]]));
  for (const concurrency of steps) {
    for (const variant of variants) {
      found.get(variant.name)?.push(await measureLatency(variant, { concurrency, duration }));
    }
  }
  await Promise.all(variants.map(({ server }) => server.stop()));
  issuer.stop();

  report.table(
    'tools/call while so many clients wait: requests per second, and the latency of half and of 99 % of them in ms',
    ['clients', ...variants.flatMap(({ name }) => [`${name}: 1/s`, 'p50', 'p99'])],
    steps.map((concurrency, at) => [
      String(concurrency),
      ...variants.flatMap(({ name }) => {
        const { rate, p50, p99 } = found.get(name)?.[at] ?? nothing;
        return [rate.toFixed(0), p50.toFixed(1), p99.toFixed(1)];
      }),
    ]),
    ['One process each; the clients share the machine with it.'],
  );
  const categories = steps.map(String);
  const seriesOf = (value: (latency: Latency) => number) =>
    variants.map(({ name }) => ({
      name,
      values: (found.get(name) ?? []).map((latency) => Number(value(latency).toFixed(1))),
    }));
  report.chart({
    name: 'concurrency-rate',
    title: 'Requests per second by waiting clients',
    kind: 'line',
    unit: '1/s',
    categories,
    series: seriesOf(({ rate }) => rate),
  });
  report.chart({
    name: 'concurrency-latency',
    title: 'Latency of 99 % of the requests by waiting clients',
    kind: 'line',
    unit: 'ms',
    logarithmic: true,
    categories,
    series: seriesOf(({ p99 }) => p99),
  });
}
