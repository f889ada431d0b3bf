// docs/conformance.md and the results it shows belong to the cases that there are.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fillConformance } from '../../conformance/fill.js';
import type { PeerResult } from '../../conformance/results.js';
import { suite } from '../../src/conformance/suite.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const results: PeerResult[] = JSON.parse(read('conformance/results.json'));

it('docs/conformance.md is made of the cases and the results', () => {
  const document = read('docs/conformance.md');
  expect(document, 'parts of it are generated: npm run docs').toBe(
    fillConformance(document, results),
  );
});

it.each(results)('the results of $id are those of the cases that there are', ({ cases }) => {
  const ids = suite.flatMap((group) => group.cases.map(({ id }) => id));
  expect(Object.keys(cases), 'npm run conformance:peers').toEqual(ids);
});

it('ours passes every case', () => {
  const ours = results.filter(({ package: name }) => name === 'create-mcp-server');
  expect(ours.map(({ id }) => id)).toEqual(['ours-hono', 'ours-express', 'ours-fastify']);
  for (const { cases } of ours) {
    expect(Object.entries(cases).filter(([, { outcome }]) => outcome !== 'passed')).toEqual([]);
  }
});
