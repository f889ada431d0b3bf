import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { expect, it } from 'vitest';
import { announceChanges, changes } from '../src/changes.js';
import { createServer } from '../src/server.js';

const uri = 'test://watched-resource';

it('a client of 2025 hears of what it subscribed to, for as long as it is', async () => {
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
  const server = createServer();
  announceChanges(server, 'legacy');
  await server.connect(serverSide);
  const client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(clientSide);
  const heard: string[] = [];
  client.setNotificationHandler('notifications/resources/updated', ({ params }) => {
    heard.push(params.uri);
  });
  const change = async (what: string) => {
    changes.publish({ kind: 'resource_updated', uri: what });
    // What was said before the answer to this has come before it.
    await client.ping();
  };

  await change(uri);
  expect(heard).toEqual([]);
  await client.subscribeResource({ uri });
  await change('test://another');
  await change(uri);
  expect(heard).toEqual([uri]);
  await client.unsubscribeResource({ uri });
  await change(uri);
  expect(heard).toEqual([uri]);

  expect(changes.listenerCount).toBe(1);
  await client.close();
  expect(changes.listenerCount).toBe(0);
});
