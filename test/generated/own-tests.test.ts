// Variants pass their own tests where these differ; authorization servers do so in a file beside this.
import { describe, it } from 'vitest';
import { passOwnTests } from '../support/own-tests.js';
import { distinct, isProxy } from './variants.js';

describe.each(distinct.filter((variant) => !isProxy(variant)))('$name', ({ args }) => {
  it('passes its own tests', { timeout: 300_000 }, () => passOwnTests(args));
});
