// Every variant passes its own checks.
import { describe, expect, it } from 'vitest';
import { createProject } from '../support/project.js';
import { variants } from './variants.js';

describe.each(variants)('$name', ({ args }) => {
  it('compiles, is formatted and lints', async () => {
    await using project = await createProject(...args);
    expect(await project.run('tsc')).toBe('');
    const report = await project.run('biome', 'check', '--error-on-warnings');
    expect(report).toContain('No fixes applied');
    await project.run('tsc', '-p', 'tsconfig.build.json');
  });
});
