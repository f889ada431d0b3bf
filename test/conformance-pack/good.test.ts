// A server that keeps every rule passes every case.
import { expect, it } from 'vitest';
import { suite } from '../../src/conformance/suite.js';
import { failuresOf, runOn } from './support.js';

it('nothing fails, and nothing is skipped', async () => {
  const report = await runOn();
  expect(failuresOf(report)).toEqual([]);
  expect(report.results.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
});

it('every case has a name of its own, and a rule with an address', () => {
  const cases = suite.flatMap((group) => group.cases);
  const ids = cases.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
  for (const { rule, title } of cases) {
    expect(rule.url).toMatch(/^https:\/\/\S+$/);
    expect(title).toMatch(/^\S.*[^.]$/);
  }
});
