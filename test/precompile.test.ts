/** Templates that the build compiles: the same files come out, and changed ones are noticed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { precompileTemplates } from '../scripts/precompile.js';
import { createContext } from '../src/context.js';
import { selectLayers } from '../src/layers.js';
import { resolveOptions } from '../src/options.js';
import { type Plan, planFiles } from '../src/plan.js';
import type { Precompiled } from '../src/precompiled.js';
import { renderPlan } from '../src/render.js';
import { loadLayers } from '../src/templates.js';
import { makeTemporaryDirectory } from './support/directory.js';
import { given } from './support/flags.js';
import { realTemplates } from './support/world.js';

const compilerLoaded = vi.hoisted(() => vi.fn());
vi.mock('handlebars/dist/cjs/handlebars.js', async (importOriginal) => {
  compilerLoaded();
  return importOriginal();
});
beforeEach(() => {
  vi.resetModules();
  compilerLoaded.mockClear();
});

/** What the build puts in the place of src/precompiled.ts. */
async function build(): Promise<Precompiled> {
  const file = join(makeTemporaryDirectory(), 'precompiled.mjs');
  writeFileSync(file, precompileTemplates(realTemplates));
  const { precompiled } = await import(/* @vite-ignore */ pathToFileURL(file).href);
  return precompiled;
}

const options = resolveOptions(given({ oauth: true }), {
  cwd: '/work',
  home: '/home',
  userAgent: undefined,
});
const context = createContext(options);
const plan = planFiles(loadLayers(realTemplates, selectLayers(options)));

/** The plan, with something added to one of its templates. */
function change(plan: Plan, path: string, addition: string): Plan {
  const files = plan.files.map((file) =>
    file.path === path
      ? { ...file, source: Buffer.concat([file.source, Buffer.from(addition)]) }
      : file,
  );
  return { ...plan, files };
}

describe('templates that the build has compiled', () => {
  it('give the same files, without the compiler', async () => {
    const precompiled = await build();
    const project = await renderPlan(plan, context, precompiled);
    expect(compilerLoaded).not.toHaveBeenCalled();
    expect(project).toEqual(await renderPlan(plan, context, new Map()));
    expect(compilerLoaded).toHaveBeenCalled();
  });

  it('are never used for a template that has changed since', async () => {
    const precompiled = await build();
    const { files } = await renderPlan(
      change(plan, 'README.md', 'New: {{name}}\n'),
      context,
      precompiled,
    );
    const readme = files.find(({ path }) => path === 'README.md');
    expect(readme?.contents.toString()).toMatch(/\nNew: my-app\n$/);
  });

  it('refuse what the context does not hold, as others do', async () => {
    const precompiled = await build();
    const { provider, ...without } = context;
    const message = /^The template of \S+ in "\S+": .*"title" not defined/;
    for (const compiled of [precompiled, new Map()]) {
      await expect(renderPlan(plan, without, compiled)).rejects.toThrow(message);
    }
  });
});
