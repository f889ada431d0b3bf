/** How package.json is merged. */
import { describe, expect, it } from 'vitest';
import { mergeJson } from '../../src/add/merge-json.js';

type Value = Record<string, unknown>;

function merge(base: Value, ours: Value, theirs: Value) {
  const merged = mergeJson(...([base, ours, theirs].map(spell) as [string, string, string]));
  if (merged === undefined) throw new Error('not merged');
  return { value: JSON.parse(merged.text), keys: keysOf(merged.text), conflicts: merged.conflicts };
}

const spell = (value: Value) => `${JSON.stringify(value, null, 2)}\n`;
const keysOf = (text: string) => Object.keys(JSON.parse(text));

describe('what one side changed', () => {
  it.each([
    ['added by the person', {}, { a: 1 }, {}, { a: 1 }],
    ['added by the generator', {}, {}, { a: 1 }, { a: 1 }],
    ['changed by the person', { a: 1 }, { a: 2 }, { a: 1 }, { a: 2 }],
    ['changed by the generator', { a: 1 }, { a: 1 }, { a: 2 }, { a: 2 }],
    ['removed by the person', { a: 1 }, {}, { a: 1 }, {}],
    ['removed by the generator', { a: 1 }, { a: 1 }, {}, {}],
    ['both alike', { a: 1 }, { a: 2 }, { a: 2 }, { a: 2 }],
    ['inside', { a: { b: 1 } }, { a: { b: 1, c: 1 } }, { a: { b: 2 } }, { a: { b: 2, c: 1 } }],
    ['removed and changed', { a: 1 }, {}, { a: 2 }, {}],
    ['changed and removed', { a: 1 }, { a: 2 }, {}, { a: 2 }],
  ])('%s', (_, base, ours, theirs, value) => {
    expect(merge(base, ours, theirs)).toMatchObject({ value, conflicts: [] });
  });
});

describe('what both changed', () => {
  it('stays as the person has it, and is reported', () => {
    const scripts = (test: string) => ({ scripts: { test } });
    expect(merge(scripts('a'), scripts('b'), scripts('c'))).toMatchObject({
      value: scripts('b'),
      conflicts: ['"scripts.test" is "b", and would be "c"'],
    });
  });

  it.each([
    ['^1.2.0', '^1.3.0', '^1.3.0'],
    ['^1.10.0', '^1.9.0', '^1.10.0'],
    ['^2.0.0', '~2.0.0', '^2.0.0'],
  ])('of versions, %s and %s, the newer is taken', (ours, theirs, zod) => {
    const dependencies = (range: string) => ({ dependencies: { zod: range } });
    expect(merge(dependencies('^1.0.0'), dependencies(ours), dependencies(theirs))).toMatchObject({
      value: dependencies(zod),
      conflicts: [],
    });
  });

  it('of versions that cannot be compared, the person’s stays', () => {
    const dependencies = (range: string) => ({ dependencies: { zod: range } });
    const merged = merge(dependencies('^1.0.0'), dependencies('latest'), dependencies('^2.0.0'));
    expect(merged.value).toEqual(dependencies('latest'));
    expect(merged.conflicts).toHaveLength(1);
  });
});

describe('the form', () => {
  it('keeps the order of keys; new ones follow their neighbour, dependencies are sorted', () => {
    const { keys, value } = merge(
      { name: 'x', type: 'module' },
      { type: 'module', name: 'x', mine: 1, dependencies: { a: '1', c: '1' } },
      { name: 'x', version: '1', type: 'module', dependencies: { b: '1' } },
    );
    expect(keys).toEqual(['type', 'name', 'version', 'mine', 'dependencies']);
    expect(Object.keys(value.dependencies)).toEqual(['a', 'b', 'c']);
  });

  it('keeps indentation and the last line end', () => {
    const ours = JSON.stringify({ a: 1 }, null, '\t');
    expect(mergeJson('{"a":1}', ours, '{"a":1,"b":2}')?.text).toBe('{\n\t"a": 1,\n\t"b": 2\n}');
  });

  it('is not made of what is no object', () => {
    for (const text of ['', '[]', '{ // a\n}']) {
      expect(mergeJson('{}', text, '{}')).toBeUndefined();
    }
  });
});
