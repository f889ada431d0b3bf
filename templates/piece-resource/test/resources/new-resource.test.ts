import { expect, it } from 'vitest';
import { connectInMemory } from '../support/client.js';

const name = 'new-resource';

it('is listed, and can be read', async () => {
  const client = await connectInMemory();
  const { resources } = await client.listResources();
  const uri = resources.find((resource) => resource.name === name)?.uri ?? '';
  const { contents } = await client.readResource({ uri });
  expect(JSON.parse((contents[0] as { text: string }).text)).toEqual({ greeting: 'Hello' });
  await client.close();
});
