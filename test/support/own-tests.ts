import { expect } from 'vitest';
import { createProject } from './project.js';

/** Makes a project with `args`, and runs the tests that come with it. */
export async function passOwnTests(args: readonly string[]): Promise<void> {
  await using project = await createProject(...args);
  expect(await project.run('vitest', 'run', '--no-color')).toMatch(/Tests {2}\d+ passed/);
}
