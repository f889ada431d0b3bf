import { expect, it } from 'vitest';
import { connectInMemory } from '../support/client.js';

it('is rendered with its arguments', async () => {
  const client = await connectInMemory();
  const { messages } = await client.getPrompt({ name: 'new_prompt', arguments: { name: 'Ada' } });
  expect(messages[0]?.content).toMatchObject({ text: 'Write a greeting for Ada.' });
  await client.close();
});
