/** How long answers take while several clients wait at the same time. */
import { Agent } from 'node:http';
import { post, type Variant } from './load.js';

export interface Latency {
  /** Requests that were answered in a second, with as many clients as asked for. */
  rate: number;
  /** All requests, those of the warm-up too. */
  count: number;
  /** In milliseconds: half of the answers were faster, and so on. */
  p50: number;
  p95: number;
  p99: number;
}

/**
 * Keeps `concurrency` requests waiting for so long; each client sends the next one when it has its answer.
 * @param duration in milliseconds, after a warm-up of a fifth of that
 */
export async function measureLatency(
  { server, next }: Variant,
  { concurrency, duration }: { concurrency: number; duration: number },
): Promise<Latency> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const times: number[] = [];
  let count = 0;
  const begin = performance.now() + duration / 5;
  const end = begin + duration;
  const keepSending = async () => {
    for (let now = performance.now(); now < end; ) {
      await post(server.port, next(), agent);
      count++;
      const after = performance.now();
      if (now >= begin) times.push(after - now);
      now = after;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, keepSending));
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
  const rate = times.length / (duration / 1000);
  return { rate, count, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
