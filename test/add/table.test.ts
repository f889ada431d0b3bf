/** The tables of tools, resources and prompts: how entries come and go. */
import { describe, expect, it } from 'vitest';
import { changeTable, compareTables, readTable } from '../../src/add/table.js';

const table = (imports: string[], entries: string) =>
  `${imports.map((name) => `import { ${name} } from './${name}.js';\n`).join('')}import type { Tool } from './tool.js';

/** Every tool of this server. */
export const tools: readonly Tool[] = ${entries};
`;

const add = (name: string, after?: string) => ({
  imports: { added: [`import { ${name} } from './${name}.js';`], removed: [] },
  entries: { added: [{ name, after }], removed: [] },
});

describe('a new entry', () => {
  it('goes to the end of the list, and its import where it is sorted', () => {
    expect(changeTable(table(['b', 'd'], '[b, d]'), add('c'))).toBe(
      table(['b', 'c', 'd'], '[b, d, c]'),
    );
    expect(changeTable(table(['b'], '[b]'), add('a'))).toBe(table(['a', 'b'], '[b, a]'));
    const last = changeTable(table(['b'], '[b]'), add('z')) ?? '';
    expect(last.split('\n').slice(1, 3)).toEqual([
      "import type { Tool } from './tool.js';",
      "import { z } from './z.js';",
    ]);
  });

  it('follows the one that it is to follow', () => {
    expect(changeTable(table(['a', 'c'], '[a, c]'), add('b', 'a'))).toBe(
      table(['a', 'b', 'c'], '[a, b, c]'),
    );
  });

  it('is not there twice', () => {
    expect(changeTable(table(['a'], '[a]'), add('a'))).toBe(table(['a'], '[a]'));
  });

  it('goes onto a line of its own where one line is too short', () => {
    const long = Array.from({ length: 7 }, (_, index) => `aLongNameOfATool${index}`);
    const text = changeTable(table(long, `[${long.slice(0, 6).join(', ')}]`), add('end'));
    expect(text).toContain('[\n  aLongNameOfATool0,\n');
    expect(text).toContain('  end,\n];\n');
  });

  it('goes beside what is spread', () => {
    expect(changeTable(table(['a'], '[a, ...more]'), add('b'))).toBe(
      table(['a', 'b'], '[a, ...more, b]'),
    );
  });
});

it('what leads from one table to another is done to a third', () => {
  const before = readTable(table(['a', 'b'], '[a, b]'));
  const now = readTable(table(['a', 'c'], '[a, c]'));
  if (before === undefined || now === undefined) throw new Error('no table');
  expect(changeTable(table(['a', 'b', 'mine'], '[a, mine, b]'), compareTables(before, now))).toBe(
    table(['a', 'c', 'mine'], '[a, c, mine]'),
  );
});

it.each([
  ['a comment', '[a, /* the best */ b]'],
  ['an expression', '[a, make(b)]'],
  ['a nested list', '[a, [b]]'],
  ['another form', 'list(a)'],
])('%s is somebody else’s to change', (_, entries) => {
  expect(changeTable(table(['a'], entries), add('c'))).toBeUndefined();
});
