/** What a second instance brings, behind a balancer that takes turns. */
import { startUpstream } from '../templates/oauth-proxy/test/support/upstream.js';
import { startBalancer } from '../test/support/balancer.js';
import { redisProgram, startRedis } from '../test/support/redis.js';
import { measureLatency } from './latency.js';
import { createMessage } from './messages.js';
import { buildGenerated } from './project.js';
import { buildProxy, startProxy, tokenOf } from './proxy-server.js';
import type { Report } from './report.js';
import { type ServerProcess, startServer } from './server-process.js';
import { median } from './statistics.js';

const rounds = 5;
const load = { concurrency: 32, duration: 1_000 };

export async function measureInstances(workspace: string, report: Report): Promise<void> {
  const upstream = await startUpstream();
  const redis = redisProgram.path === undefined ? undefined : await startRedis();
  await using balancer = await startBalancer();
  const port = Number(new URL(balancer.url).port);
  const PUBLIC_URL = `http://127.0.0.1:${port}`;
  const env = { TOOLS: '1', PUBLIC_URL, LOG_LEVEL: 'warn' };
  const message = createMessage('tools/call', 'legacy', 1);
  const kinds: { name: string; servers: ServerProcess[]; token?: string }[] = [];
  const open = buildGenerated(workspace, 'instances-open');
  kinds.push({
    name: 'open',
    servers: [await startServer({ ...open, env }), await startServer({ ...open, env })],
  });
  if (redis) {
    const program = buildProxy(workspace, 'instances-proxy', upstream);
    // One that clients meet alone, to log in; all have the same keys, and the same name.
    const servers = [
      await startProxy(program, upstream, redis.url, { PUBLIC_URL }),
      await startProxy(program, upstream, redis.url, { PUBLIC_URL }),
    ];
    balancer.ports.splice(0, Infinity, ...servers.map(({ port }) => port));
    const token = await tokenOf({ ...(servers[0] as ServerProcess), port }, upstream);
    kinds.push({ name: 'proxy with Redis', servers, token });
  }

  const rows: string[][] = [];
  for (const { name, servers, token } of kinds) {
    const headers = {
      ...message.headers,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    };
    const variant = {
      server: { ...(servers[0] as ServerProcess), port },
      next: () => ({ ...message, headers }),
    };
    const results = [1, 2].map(() => ({ rates: [] as number[], costs: [] as number[] }));
    for (let round = 0; round < rounds; round++) {
      for (const count of [1, 2]) {
        balancer.ports.splice(0, Infinity, ...servers.slice(0, count).map((one) => one.port));
        const before = await cpuOf(servers);
        const { rate, count: requests } = await measureLatency(variant, load);
        const spent = (await cpuOf(servers)) - before;
        results[count - 1]?.rates.push(rate);
        results[count - 1]?.costs.push(spent / requests);
      }
    }
    for (const [at, { rates, costs }] of results.entries()) {
      const count = `${at + 1} instance${at === 0 ? '' : 's'}`;
      rows.push([`${name}, ${count}`, median(rates).toFixed(0), median(costs).toFixed(0)]);
    }
    await Promise.all(servers.map((server) => server.stop()));
  }
  await redis?.[Symbol.asyncDispose]();
  await upstream.close();
  report.table(
    `tools/call through a balancer, ${load.concurrency} clients (median of ${rounds} alternating rounds)`,
    ['server', 'requests/s', 'µs of CPU in all instances per request'],
    rows,
    [
      'Clients, balancer and instances share the machine: with two cores, the second instance competes with them for the same time. What a request costs shows what sharing the state costs.',
    ],
  );
}

async function cpuOf(servers: readonly ServerProcess[]): Promise<number> {
  const usages = await Promise.all(servers.map((server) => server.usage()));
  return usages.reduce((sum, { cpu }) => sum + cpu, 0);
}
