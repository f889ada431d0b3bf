import { expect, it } from 'vitest';
import { plainText } from '../src/providers/plain-text.js';

it.each([
  ['Nothing to see.', 'Nothing to see.'],
  ['**Apps** > `my app` > **ID**', 'Apps > "my app" > ID'],
  ['Open the [console](https://a.example/b).', 'Open the console (https://a.example/b).'],
  ['2 * 3 * 4, and [this]', '2 * 3 * 4, and [this]'],
])('%j without marks', (markdown, text) => {
  expect(plainText(markdown)).toBe(text);
});
