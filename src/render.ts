/** Turns a plan into the contents of files. */
// The package's entry point reads files through `fs` and registers a `require` hook; this does not.
import Handlebars from 'handlebars/dist/cjs/handlebars.js';
import type { TemplateContext } from './context.js';
import { type Manifest, mergeManifests } from './manifest.js';
import type { Plan, PlannedFile } from './plan.js';

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
export function renderPlan(plan: Plan, context: TemplateContext): RenderedProject {
  const handlebars = Handlebars.create();
  for (const [name, partial] of plan.partials) {
    handlebars.registerPartial(name, partial.source.toString());
  }
  const manifest = mergeManifests(
    context.name,
    plan.manifests.map((fragment) => JSON.parse(fragment.source.toString())),
  );
  const files = plan.files.map((file) => ({
    path: file.path,
    contents: file.template ? renderFile(handlebars, file, context) : file.source,
  }));
  files.push({
    path: 'package.json',
    contents: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`),
  });
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), manifest };
}

function renderFile(
  handlebars: typeof Handlebars,
  file: PlannedFile,
  context: TemplateContext,
): Buffer {
  try {
    const template = handlebars.compile(file.source.toString(), {
      strict: true,
      noEscape: true,
      knownHelpersOnly: true,
    });
    return Buffer.from(template(context));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The template of ${file.path} in "${file.layer}": ${reason}`, { cause });
  }
}
