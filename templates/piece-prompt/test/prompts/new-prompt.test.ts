import { expect, it } from 'vitest';
import { connectInMemory } from '../support/client.js';

const name = 'new_prompt';

it('is rendered with its arguments', async () => {
  const client = await connectInMemory();
  const { messages } = await client.getPrompt({ name, arguments: { name: 'Ada' } });
  expect(messages[0]?.content).toMatchObject({ text: 'Write a greeting for Ada.' });
  await client.close();
});
