import { execa } from 'execa';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Data, spellElements, spellLiteral } from '../src/literal.js';
import { repository } from './support/project.js';

const long = (count: number) => 'x'.repeat(count);

const cases: readonly (readonly [Data, string])[] = [
  ['a', "'a'"],
  ["it's", '"it\'s"'],
  ['say "x"', '\'say "x"\''],
  [`it's "x"`, `'it\\'s "x"'`],
  ['\\d\n', "'\\\\d\\n'"],
  [true, 'true'],
  [[], '[]'],
  [['a', 'b'], "['a', 'b']"],
  [{}, '{}'],
  [{ a: 'b' }, "{\n  a: 'b',\n}"],
  [{ 'a-b': ['c'], d: {} }, "{\n  'a-b': ['c'],\n  d: {},\n}"],
  [{ a: { b: { c: 'd' } } }, "{\n  a: {\n    b: {\n      c: 'd',\n    },\n  },\n}"],
];

describe('a literal', () => {
  it.each(cases)('%j', (data, spelled) => {
    expect(spellLiteral(data)).toBe(spelled);
  });

  it('reads as what it was', () => {
    const data = fc.letrec<{ data: Data }>((tie) => ({
      data: fc.oneof(
        { depthSize: 'small' },
        fc.string({ unit: 'grapheme' }),
        fc.boolean(),
        fc.array(fc.string()),
        fc.dictionary(
          fc.string().filter((name) => name !== '__proto__'),
          tie('data'),
        ),
      ),
    })).data;
    fc.assert(
      fc.property(data, (value) => {
        expect(new Function(`return ${spellLiteral(value)}`)()).toEqual(
          JSON.parse(JSON.stringify(value)),
        );
      }),
    );
  });

  it('is what Biome would make of it, whatever its length', async () => {
    const lengths = Array.from({ length: 80 }, (_, index) => 46 + index);
    const source = lengths
      .map((length, index) => {
        const data = {
          text: 'short',
          list: [long(40), long(length - 45)],
          nested: { 'a-b': ['c'], list: [long(length - 45)], more: [long(40), long(length - 45)] },
        };
        return `export const value${index} = ${spellLiteral(data)};\n`;
      })
      .join('\n');
    const { stdout } = await execa(
      'node_modules/.bin/biome',
      ['format', '--stdin-file-path=src/x.ts'],
      { cwd: repository, input: source, stripFinalNewline: false },
    );
    expect(source).toBe(stdout);
  });
});

describe('elements', () => {
  it('stand on one line, or on lines of their own', () => {
    expect(spellElements([])).toBe('');
    expect(spellElements(['a', 'b'])).toBe("'a', 'b'");
    expect(spellElements([long(40), long(40)])).toBe(
      `\n    '${long(40)}',\n    '${long(40)}',\n  `,
    );
  });
});
