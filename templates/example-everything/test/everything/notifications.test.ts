import { describe, expect, it } from 'vitest';
import { createMcpEndpoint } from '../../src/mcp-endpoint.js';
import { watchedUri } from '../../src/watched.js';
import { connectAnswering } from '../support/answering-client.js';
import { eras } from '../support/client.js';

const mcp = createMcpEndpoint();

describe.each(eras)('a client of era %j', (era) => {
  it('hears of progress', async () => {
    await using ada = await connectAnswering(mcp, { era });
    const seen: unknown[] = [];
    await ada.client.callTool(
      { name: 'test_tool_with_progress', arguments: {} },
      { onprogress: ({ progress, total }) => void seen.push([progress, total]) },
    );
    expect(seen).toEqual([
      [0, 100],
      [50, 100],
      [100, 100],
    ]);
  });

  it('gets messages for its log from the level on that it sets', async () => {
    await using ada = await connectAnswering(mcp, { era });
    const levels: string[] = [];
    ada.client.setNotificationHandler('notifications/message', ({ params }) => {
      levels.push(params.level);
    });
    if (era === 'legacy') {
      await ada.client.setLoggingLevel('warning');
      await ada.call('test_logging_tool');
    } else {
      // Who sets no level wants none.
      await ada.call('test_logging_tool');
      const _meta = { 'io.modelcontextprotocol/logLevel': 'warning' as const };
      await ada.client.callTool({ name: 'test_logging_tool', arguments: {}, _meta });
    }
    expect(levels).toEqual(['warning', 'error']);
  });

  it('gets such messages while the tool works', async () => {
    await using ada = await connectAnswering(mcp, { era });
    const messages: unknown[] = [];
    ada.client.setNotificationHandler('notifications/message', ({ params }) => {
      messages.push(params.data);
    });
    const _meta = { 'io.modelcontextprotocol/logLevel': 'info' as const };
    await ada.client.callTool({ name: 'test_tool_with_logging', arguments: {}, _meta });
    expect(messages).toHaveLength(3);
  });

  it('hears of a change of what it subscribed to', async () => {
    await using ada = await connectAnswering(mcp, { era });
    let hear = (_uri: string) => {};
    const heard = new Promise<string>((resolve) => {
      hear = resolve;
    });
    ada.client.setNotificationHandler('notifications/resources/updated', ({ params }) =>
      hear(params.uri),
    );
    if (era === 'legacy') await ada.client.subscribeResource({ uri: watchedUri });
    else await ada.client.listen({ resourceSubscriptions: [watchedUri] });
    const now = `changed in ${JSON.stringify(era)}`;
    await ada.call('change_watched_resource', { text: now });
    expect(await heard).toBe(watchedUri);
    const { contents } = await ada.client.readResource({ uri: watchedUri });
    expect(contents[0]).toMatchObject({ text: now });
  });
});
