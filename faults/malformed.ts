/** Thousands of requests and tokens that mean no good: nothing but refusals, and nothing stays behind. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { call, describe, nextAddress } from './client.js';
import type { Fault, Look, Options } from './fault.js';
import { type MalformedRequest, malformedRequests } from './malformed-requests.js';
import { malformedTokens, type TokenSource } from './malformed-tokens.js';
import { findFault, send } from './raw-answer.js';
import { type Server, startServer } from './servers.js';
import { authSecret, createProvidedWorld, createProxyWorld, type World } from './worlds.js';

/** Requests at a time. */
const concurrency = 8;
/** By how much memory may differ, in bytes, before and after as many requests as have warmed it up. */
const tolerance = 8e6;

export const malformed: Fault = {
  name: 'malformed',
  about:
    'Requests and tokens from generators (fast-check): odd paths, headers, bodies, messages, chunks and bytes; JWTs with odd headers and claims, tampered ones, and ones signed with the wrong key. Everything has to be refused by 4xx, or by an error of JSON-RPC where MCP wants that; afterwards the server has to be there, hold no more memory and no connection, and have logged no secret.',
  cause: examineAll,
};

/** Puts servers of all modes to it. */
export async function examineAll(look: Look, options: Options): Promise<void> {
  {
    await using server = await startServer('open');
    await examine({ name: 'open', server, secrets: [] }, look, options);
  }
  for (const mode of ['jwt', 'introspection'] as const) {
    await using world = await createProvidedWorld(mode);
    await using server = await world.start();
    const good = await world.token(server);
    const { provider } = world;
    const signer = mode === 'jwt' && { publicKey: provider.publicKey(), sign: provider.sign };
    await examine({ name: mode, server, good, ...signer, secrets: [good] }, look, options);
  }
  await using world: World = await createProxyWorld();
  await using server = await world.start();
  const good = await world.token(server);
  await examine({ name: 'proxy', server, good, secrets: [good, authSecret] }, look, options);
}

interface Subject extends Omit<TokenSource, 'trap' | 'good'> {
  name: string;
  server: Server;
  /** A good token; none where no login is. */
  good?: string;
  /** What must not be logged. */
  secrets: string[];
}

async function examine(subject: Subject, look: Look, { requests, seed }: Options): Promise<void> {
  const { name, server, good } = subject;
  await using trap = await setTrap();
  const all = fc.sample(arbitraryOf(subject, trap.url), { numRuns: requests, seed });
  const before = await call(server, good);
  const found = new Map<string, { count: number; example: string }>();
  const statuses = new Map<string, number>();
  const run = async (list: MalformedRequest[]) => {
    const rest = list.values();
    const work = async () => {
      for (const request of rest) {
        const { fault, status, example } = await judge(server, request);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (fault === undefined) continue;
        found.set(fault, { example, count: (found.get(fault)?.count ?? 0) + 1 });
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
  };
  const half = all.length >> 1;
  await run(all.slice(0, half));
  const warm = await server.memory();
  await run(all.slice(half));
  const after = await server.memory();

  const answers = [...statuses].sort().map(([status, count]) => `${status} × ${count}`);
  look(
    `${name}: ${requests} requests`,
    'answer by nothing but refusals',
    found.size === 0
      ? answers.join(', ')
      : [...found].map(([text, { count, example }]) => `${text} × ${count}, ${example}`).join('; '),
    found.size === 0,
  );
  const again = await call(server, good);
  look(
    `${name}, afterwards`,
    'serve as before',
    describe(again),
    before.status === 200 && again.status === 200,
  );
  const grown = after.heap - warm.heap;
  look(
    `${name}, its memory`,
    `grow by less than ${tolerance / 1e6} MB in the second half; hold few connections`,
    `${(grown / 1e6).toFixed(1)} MB, ${after.sockets} connections`,
    grown < tolerance && after.sockets <= concurrency,
  );
  const output = server.output();
  const leaked = [
    ...subject.secrets,
    ...subject.secrets.flatMap((text) => text.split('.')[2] ?? []),
  ];
  const told = leaked.filter((secret) => output.includes(secret)).length;
  const odd = output.split('\n').filter((line) => /"level":(50|60)|^ {4}at |Error:/.test(line));
  look(
    `${name}, its log`,
    'have no secrets, and no errors of its own',
    `${told} secrets, ${odd.length} errors${odd[0] ? `: ${odd[0].slice(0, 300)}` : ''}`,
    told === 0 && odd.length === 0,
  );
  look(
    `${name}, keys that tokens name`,
    'stay unasked for',
    `${trap.hits()} requests`,
    trap.hits() === 0,
  );
}

/** Requests of all kinds: those with a bad token, and those that are bad themselves. */
function arbitraryOf(subject: Subject, trap: string): fc.Arbitrary<MalformedRequest> {
  const { name, server, good } = subject;
  const host = `127.0.0.1:${server.port}`;
  const requests = malformedRequests({ host, token: good, authorizes: name === 'proxy' });
  if (good === undefined) return requests;
  const body = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}';
  const tokens = malformedTokens({ ...subject, good, trap }).map((token) => ({
    kind: 'token',
    bytes: Buffer.from(
      `POST /mcp HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\nAuthorization: Bearer ${token}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    ),
  }));
  return fc.oneof(requests, tokens);
}

async function judge({ port }: Server, request: MalformedRequest) {
  const forwarded = Buffer.from(`\r\nX-Forwarded-For: ${nextAddress()}\r\n`);
  const end = request.bytes.indexOf('\r\n');
  const bytes =
    request.kind === 'no HTTP' || end < 0
      ? request.bytes
      : Buffer.concat([request.bytes.subarray(0, end), forwarded, request.bytes.subarray(end + 2)]);
  const answer = await send(port, { ...request, bytes });
  const fault = findFault(request, answer);
  return {
    status: String(answer.status ?? 'closed'),
    fault: fault && `${request.kind}: ${fault}`,
    example: JSON.stringify(request.bytes.toString('latin1').slice(0, 400)),
  };
}

/** Where nobody is to come. */
async function setTrap() {
  let hits = 0;
  const server = createServer((_, response) => {
    hits++;
    response.end('{"keys":[]}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    hits: () => hits,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
