// Projects that tools, resources, prompts and logins were added to: they compile and pass their tests.
import { describe, expect, it } from 'vitest';
import { change } from '../support/change.js';
import { createProject } from '../support/project.js';

const pieces = [
  ['tool', 'send-mail'],
  ['tool', 'delete'],
  ['resource', 'price-list'],
  ['resource', 'data'],
  ['prompt', 'review-code'],
  ['tool', 'a-name-as-long-as-they-are-allowed-to-be'],
  ['resource', 'b-name-as-long-as-they-are-allowed-to-be'],
  ['prompt', 'c-name-as-long-as-they-are-allowed-to-be'],
];

/** Those of the others are run wherever projects are made. */
const tests = ['tools', 'resources', 'prompts', 'server', 'app'].map((name) => `test/${name}`);

const scoped = ['tool', 'post-note', '--scope', 'notes:write'];
const longest = ['tool', 'd-name-as-long-as-they-are-allowed-to-be', '--scope', 'notes:write'];
const issuer = ['--issuer', 'https://login.example.com'];

describe.each([
  { name: 'open', made: [], added: pieces },
  { name: 'with a login', made: [], added: [...pieces, ['oauth'], scoped, longest] },
  {
    name: 'as a proxy',
    made: issuer,
    added: [scoped, ['provider', 'github'], pieces[0] ?? []],
  },
  {
    name: 'by introspection',
    made: ['--example', 'everything'],
    added: [...pieces, ['oauth', ...issuer, '--auth-mode', 'introspection'], scoped],
  },
])('a project, $name', ({ made, added }) => {
  it('compiles, is formatted, and passes its tests', { timeout: 300_000 }, async () => {
    await using project = await createProject(...made);
    for (const args of added) {
      const { status, stderr } = await change(project.directory, ['add', ...args]);
      expect({ args, status, stderr }).toEqual({ args, status: 0, stderr: '' });
    }
    expect(await project.run('tsc')).toBe('');
    const report = await project.run('biome', 'check', '--error-on-warnings');
    expect(report).toContain('No fixes applied');
    await project.run('tsc', '-p', 'tsconfig.build.json');
    expect(await project.run('vitest', 'run', '--no-color', ...tests)).toMatch(
      /Tests {2}\d+ passed/,
    );
  });
});
