// A gate before Redis, which tests can shut: what a network or a restart does to a connection.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export interface Gate {
  /** The address of Redis, through the gate. */
  url: string;
  /** How many connections there have been. */
  connections(): number;
  /** Breaks all connections, and refuses new ones. */
  shut(): Promise<void>;
  open(): Promise<void>;
  /** Breaks all connections; new ones are welcome. */
  cut(): void;
  /** From now on nothing that Redis says comes through, on the connections that there are. */
  mute(): void;
  /** The next command is not for Redis: it gets this answer. */
  answerNext(reply: string): void;
}

export async function openGate(redis: string): Promise<Gate> {
  const target = new URL(redis);
  const sockets = new Set<Socket>();
  let count = 0;
  let muted = new Set<Socket>();
  let reply: string | undefined;
  let server: Server;
  let port = 0;

  async function open() {
    server = createServer((near) => {
      count++;
      const far = connect(Number(target.port || 6379), target.hostname);
      for (const socket of [near, far]) {
        sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => {
          sockets.delete(socket);
          near.destroy();
          far.destroy();
        });
      }
      near.on('data', (data) => {
        if (reply === undefined) return far.write(data);
        near.write(reply);
        reply = undefined;
        return true;
      });
      far.on('data', (data) => {
        if (!muted.has(far)) near.write(data);
      });
    }).listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  }
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  await open();

  return {
    url: Object.assign(new URL(redis), { host: `127.0.0.1:${port}` }).href,
    connections: () => count,
    open,
    cut,
    async shut() {
      const closed = once(server, 'close');
      server.close();
      cut();
      await closed;
    },
    mute() {
      muted = new Set(sockets);
    },
    answerNext(text) {
      reply = text;
    },
  };
}
