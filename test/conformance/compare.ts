/** Compares what happened with what was expected. */
import type { Example } from '../../src/examples.js';
import type { Outcome } from '../support/conformance-suite.js';
import { type ExpectedFailure, expectedFailures } from './expected-failures.js';

interface Comparison {
  /** Checks that failed, and are not listed. */
  unexpected: string[];
  /** What is listed, was tried, and passed. */
  stale: string[];
}

export function compare(outcomes: readonly Outcome[], example: Example['id']): Comparison {
  const entries = listedFor(example).flatMap(({ scenarios }) => scenarios);
  const failed = outcomes.flatMap(({ scenario, checks }) =>
    checks
      .filter(({ status }) => status === 'FAILURE')
      .map(({ id, errorMessage }) => ({ scenario, id, errorMessage })),
  );
  const covers = (entry: string, { scenario, id }: { scenario: string; id: string }) =>
    entry === scenario || entry === `${scenario}:${id}`;
  const tried = (entry: string) =>
    outcomes.some(({ scenario }) => entry === scenario || entry.startsWith(`${scenario}:`));
  return {
    unexpected: failed
      .filter((failure) => !entries.some((entry) => covers(entry, failure)))
      .map(({ scenario, id, errorMessage }) => `${scenario}:${id}: ${errorMessage}`),
    stale: entries.filter(
      (entry) => tried(entry) && !failed.some((failure) => covers(entry, failure)),
    ),
  };
}

/** What of the list is about an example. */
export function listedFor(example: Example['id']): ExpectedFailure[] {
  return expectedFailures.filter(({ examples }) => examples.includes(example));
}
