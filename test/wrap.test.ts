import { expect, it } from 'vitest';
import { wrap } from '../src/wrap.js';

it.each([
  ['one two three', 7, ['one two', 'three']],
  ['one two three', 6, ['one', 'two', 'three']],
  ['a https://id.example.com/x b', 8, ['a', 'https://id.example.com/x', 'b']],
  ['', 8, ['']],
  ['one two three', undefined, ['one two three']],
])('%j on lines of %j', (text, width, lines) => {
  expect(wrap(text, width)).toEqual(lines);
});

it('counts what lines begin with', () => {
  expect(wrap('one two three', 9, '  ', '> ')).toEqual(['  one two', '  > three']);
});
