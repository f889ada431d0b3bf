// WWW-Authenticate, read by its grammar.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseChallenges } from '../../src/doctor/challenge-syntax.js';

const read = (text: string) => {
  const { challenges, flaws } = parseChallenges(text);
  return {
    challenges: challenges.map(({ scheme, parameters }) => [
      scheme,
      Object.fromEntries(parameters),
    ]),
    flaws: flaws.map(({ kind, position }) => [kind, position]),
  };
};

it.each<[string, unknown[]]>([
  ['Bearer', [['Bearer', {}]]],
  ['Bearer realm="a"', [['Bearer', { realm: 'a' }]]],
  ['bearer a=b', [['bearer', { a: 'b' }]]],
  ['Bearer Realm = "a" , scope="b c"', [['Bearer', { realm: 'a', scope: 'b c' }]]],
  ['Bearer a="\\"quoted\\" \\\\"', [['Bearer', { a: '"quoted" \\' }]]],
  [
    'Basic realm="a", Bearer b="c"',
    [
      ['Basic', { realm: 'a' }],
      ['Bearer', { b: 'c' }],
    ],
  ],
  [
    'Negotiate YWJj==, Bearer a=b',
    [
      ['Negotiate', {}],
      ['Bearer', { a: 'b' }],
    ],
  ],
  [
    'Negotiate, Bearer',
    [
      ['Negotiate', {}],
      ['Bearer', {}],
    ],
  ],
  [', Bearer a=b,, c=d ,', [['Bearer', { a: 'b', c: 'd' }]]],
  ['Bearer a=""', [['Bearer', { a: '' }]]],
])('%s is good', (text, challenges) => {
  expect(read(text)).toEqual({ challenges, flaws: [] });
});

it.each<[string, unknown[]]>([
  ['Bearer a="b" c="d"', [['syntax', 13]]],
  ['Bearer a="b', [['syntax', 9]]],
  [
    'Bearer a="b"c"',
    [
      ['syntax', 12],
      ['syntax', 13],
    ],
  ],
  ['a="b"', [['syntax', 0]]],
  ['Bearer a=https://b/c, d=e', [['unquoted', 9]]],
  ['Bearer a=, b=c', [['syntax', 11]]],
  ['Bearer a="b", a="c"', [['syntax', 14]]],
  ['Bearer a=“b”', [['unquoted', 9]]],
  ['"Bearer"', [['syntax', 0]]],
])('%s is not', (text, flaws) => {
  expect(read(text).flaws).toEqual(flaws);
});

it('reads on after what can be told', () => {
  const { challenges } = read('Bearer a="b" c=https://d, e="f"');
  expect(challenges).toEqual([['Bearer', { a: 'b', c: 'https://d', e: 'f' }]]);
});

it('reads back whatever is written by the grammar', () => {
  const name = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,10}$/);
  const value = fc.stringMatching(/^[\t \x21-\x7e]{0,20}$/);
  const parameters = fc.uniqueArray(fc.tuple(name, value), {
    selector: ([key]) => key.toLowerCase(),
    minLength: 1,
  });
  fc.assert(
    fc.property(name, parameters, (scheme, list) => {
      const quote = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`;
      const text = `${scheme} ${list.map(([key, text]) => `${key}=${quote(text)}`).join(', ')}`;
      expect(read(text)).toEqual({
        challenges: [
          [scheme, Object.fromEntries(list.map(([key, text]) => [key.toLowerCase(), text]))],
        ],
        flaws: [],
      });
    }),
  );
});

it('never fails, whatever it is given', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'Bearer a="b",\\\t /:é') }), (text) => {
      expect(parseChallenges(text).challenges.length).toBeLessThanOrEqual(text.length);
    }),
  );
});
