// Two instances of a server in proxy mode, which share a Redis and take turns.
import type { TestUpstream } from '../../templates/oauth-proxy/test/support/upstream.js';
import { type Balancer, startBalancer } from './balancer.js';
import { boot, freePort, type Project, type Running } from './project.js';
import { settingsFor } from './proxy.js';
import { startRedis, type TestRedis } from './redis.js';

export interface Cluster extends AsyncDisposable {
  /** The MCP endpoint, as the world knows it. */
  url: string;
  balancer: Balancer;
  redis: TestRedis;
  instances: Running[];
  /** Ends an instance in the middle of whatever it does. */
  kill(instance: number): Promise<void>;
  /** Starts it again. */
  restart(instance: number): Promise<void>;
}

export async function startCluster(project: Project, upstream: TestUpstream): Promise<Cluster> {
  const redis = await startRedis({ keeps: true });
  const balancer = await startBalancer();
  const instances: Running[] = [];

  async function start(instance: number): Promise<void> {
    const port = balancer.ports[instance] ?? (await freePort());
    instances[instance] = await boot(project, {
      ...settingsFor(upstream, redis.url),
      PORT: String(port),
      PUBLIC_URL: balancer.url,
      TRUSTED_PROXIES: '1',
    });
    balancer.ports[instance] = port;
  }

  const cluster: Cluster = {
    url: `${balancer.url}/mcp`,
    balancer,
    redis,
    instances,
    async kill(instance) {
      await instances[instance]?.stop('SIGKILL');
    },
    restart: start,
    async [Symbol.asyncDispose]() {
      await Promise.all(instances.map((instance) => instance[Symbol.asyncDispose]()));
      await balancer[Symbol.asyncDispose]();
      await redis[Symbol.asyncDispose]();
    },
  };
  try {
    await Promise.all([start(0), start(1)]);
    return cluster;
  } catch (error) {
    await cluster[Symbol.asyncDispose]();
    throw error;
  }
}
