/** Puts load on servers and says what CPU time a request takes; the client's own does not count. */
import { Agent, request } from 'node:http';
import type { Message } from './messages.js';
import type { ServerProcess } from './server-process.js';

/** One kind of request to one server. */
export interface Variant {
  server: ServerProcess;
  /** The next request; usually always the same. */
  next(): Message;
}

export interface Effort {
  rounds: number;
  /** How long one variant is under load in one round, in milliseconds. */
  duration: number;
}

const concurrency = 16;

/**
 * Checks one answer of every variant, warms all up, then puts each under load in short alternating
 * rounds, so that whatever else the machine does disturbs all alike.
 * @returns for each variant the CPU time of its server in microseconds per request, round by round
 */
export async function measureLoad<V extends Variant>(
  variants: readonly V[],
  { rounds, duration }: Effort,
): Promise<Map<V, number[]>> {
  for (const variant of variants) await checkAnswer(variant);
  for (const variant of variants) await runRound(variant, duration * 2);

  const results = new Map(variants.map((variant) => [variant, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    // Every other round goes backwards: nobody always comes after the same neighbour.
    for (const variant of round % 2 === 0 ? variants : variants.toReversed()) {
      results.get(variant)?.push(await runRound(variant, duration));
    }
  }
  return results;
}

/**
 * Sends one request and checks what comes back.
 * @returns how long the answer took, in milliseconds
 */
export async function checkAnswer({ server, next }: Variant): Promise<number> {
  const agent = new Agent();
  const message = next();
  const started = performance.now();
  const answer = await post(server.port, message, agent);
  const elapsed = performance.now() - started;
  message.check(answer);
  return elapsed;
}

async function runRound({ server, next }: Variant, duration: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const before = await server.usage();
  const end = performance.now() + duration;
  let count = 0;
  const keepSending = async () => {
    do {
      await post(server.port, next(), agent);
      count++;
    } while (performance.now() < end);
  };
  await Promise.all(Array.from({ length: concurrency }, keepSending));
  const after = await server.usage();
  agent.destroy();
  return (after.cpu - before.cpu) / count;
}

/** @throws Error when the status is not 200: a refusal is fast, but not what is measured */
export function post(port: number, { headers, body }: Message, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { agent, host: '127.0.0.1', port, path: '/mcp', method: 'POST', headers };
    const outgoing = request(options, (response) => {
      let text = '';
      response.setEncoding('latin1');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`The answer was ${response.statusCode}: ${text}`));
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
