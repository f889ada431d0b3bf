// Each broken server is told by its own case, and by no other.
import { describe, expect, it } from 'vitest';
import { suite } from '../../src/conformance/suite.js';
import { faults } from './faults.js';
import { failuresOf, runOn } from './support.js';

describe('one fault each', () => {
  it.each(faults)('%s', async (id, fault) => {
    expect(failuresOf(await runOn(fault))).toEqual([id]);
  });
});

it('every case has a broken server', () => {
  const known = faults.map(([id]) => id);
  const cases = suite.flatMap((group) => group.cases.map(({ id }) => id));
  expect(cases.filter((id) => !known.includes(id))).toEqual([]);
});
