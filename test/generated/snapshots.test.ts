// What is generated, for people to read: one project whole, the others as differences from it.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import fs from 'fs-extra';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordFile } from '../../src/record.js';
import { createProject } from '../support/project.js';
import { others, reference, variants } from './variants.js';

const snapshots = fileURLToPath(new URL('../snapshots', import.meta.url));
let parent: string;

beforeAll(async () => {
  parent = await fs.mkdtemp('/tmp/snapshots-');
  for (const { name, args } of variants) {
    await using project = await createProject(...args);
    await fs.copy(project.directory, `${parent}/${name}`, {
      // Names of what the other files show say nothing to a reader.
      filter: (path) => !path.endsWith('node_modules') && !path.endsWith(recordFile),
    });
  }
});
afterAll(() => fs.remove(parent));

it('the reference, whole', async () => {
  const root = `${parent}/${reference.name}`;
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .sort();
  const whole = files.map(
    (path) => `═════ ${path.slice(root.length + 1)} ═════\n${fs.readFileSync(path, 'utf8')}`,
  );
  await expect(whole.join('\n')).toMatchFileSnapshot(`${snapshots}/${reference.name}.txt`);
});

it.each(others)('$name, as a difference', async ({ name, against }) => {
  const { stdout } = await execa(
    'git',
    ['diff', '--no-index', '--no-color', '--no-renames', '--unified=1', against, name],
    { cwd: parent, reject: false, env: { GIT_CONFIG_GLOBAL: '/dev/null' } },
  );
  // Object names and what was deleted whole tell a reader nothing.
  const difference = stdout
    .replace(/^index .*\n/gm, '')
    .replace(/^(deleted file mode .*\n--- .*\n\+\+\+ .*\n)@@ .*\n(?:-.*\n?)*/gm, '$1');
  await expect(difference).toMatchFileSnapshot(`${snapshots}/${name}.diff`);
});

it('has no snapshot of a variant that is gone', () => {
  const expected = [`${reference.name}.txt`, ...others.map(({ name }) => `${name}.diff`)];
  expect(readdirSync(snapshots).sort()).toEqual(expected.sort());
});
