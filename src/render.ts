/** Turns a plan into the contents of files. */
import type { TemplateContext } from './context.js';
import { createEngine, type Engine } from './engine.js';
import { type Manifest, mergeManifests } from './manifest.js';
import type { Plan, PlannedFile } from './plan.js';
import * as built from './precompiled.js';

/** A file as it is written. */
export interface RenderedFile {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly contents: Buffer;
}

/** A project in memory. */
export interface RenderedProject {
  /** Sorted by path. */
  readonly files: readonly RenderedFile[];
  readonly manifest: Manifest;
}

/**
 * @throws Error if a template refers to something that neither the context nor a partial provides
 */
export async function renderPlan(
  plan: Plan,
  context: TemplateContext,
  precompiled = built.precompiled,
): Promise<RenderedProject> {
  const templates = [...plan.partials.values(), ...plan.files.filter(({ template }) => template)];
  const engine = await createEngine(
    templates.map(({ source }) => source.toString()),
    precompiled,
  );
  for (const [name, partial] of plan.partials) {
    engine.handlebars.registerPartial(name, engine.compile(partial.source.toString()));
  }
  const manifest = mergeManifests(
    context.name,
    plan.manifests.map((fragment) => JSON.parse(fragment.source.toString())),
  );
  const files = plan.files.map((file) => ({
    path: file.path,
    contents: file.template ? renderFile(engine, file, context) : file.source,
  }));
  files.push({
    path: 'package.json',
    contents: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`),
  });
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), manifest };
}

function renderFile(engine: Engine, file: PlannedFile, context: TemplateContext): Buffer {
  try {
    return Buffer.from(engine.compile(file.source.toString())(context));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The template of ${file.path} in "${file.layer}": ${reason}`, { cause });
  }
}
