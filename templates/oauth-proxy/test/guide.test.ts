// Whatever the login has to say to somebody has its section in OAUTH.md.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { requestProblems, startupProblems } from '../src/auth/messages.js';
import { loginProblems } from '../src/upstream/errors.js';

const guide = readFileSync('OAUTH.md', 'utf8');

it.each([
  ['a start', Object.values(startupProblems)],
  ['a request', Object.values(requestProblems)],
  ['a page', Object.values(loginProblems)],
])('explains every problem of %s', (_, sentences) => {
  expect(sentences.filter((sentence) => !guide.includes(`\n### ${sentence}\n`))).toEqual([]);
});
