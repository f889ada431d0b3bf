// Variants that are authorization servers pass their own tests: many, so that they run beside others.
import { describe, it } from 'vitest';
import { passOwnTests } from '../support/own-tests.js';
import { distinct, isProxy } from './variants.js';

describe.each(distinct.filter((variant) => isProxy(variant)))('$name', ({ args }) => {
  it('passes its own tests', { timeout: 300_000 }, () => passOwnTests(args));
});
