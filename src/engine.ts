/**
 * Turns the texts of templates into functions. The build has compiled them, so that the compiler,
 * the largest part of Handlebars, is loaded only for other texts: in development.
 */
// The package's entry points read files through `fs` and register a `require` hook; these do not.
import Runtime from 'handlebars/dist/cjs/handlebars.runtime.js';
import type { Precompiled } from './precompiled.js';
import { templateOptions } from './template-options.js';

export interface Engine {
  readonly handlebars: Pick<typeof Handlebars, 'registerPartial'>;
  /** A mistake in the text is reported by the function that is returned, not at once. */
  compile(source: string): HandlebarsTemplateDelegate;
}

/** @param sources all texts that will be compiled */
export async function createEngine(
  sources: readonly string[],
  precompiled: Precompiled,
): Promise<Engine> {
  const missing = sources.some((source) => !precompiled.has(source));
  if (missing) {
    const { default: Compiler } = await import('handlebars/dist/cjs/handlebars.js');
    const handlebars = Compiler.create();
    return { handlebars, compile: (source) => handlebars.compile(source, templateOptions) };
  }
  const handlebars = Runtime.create();
  return {
    handlebars,
    compile: (source) => handlebars.template(precompiled.get(source) as TemplateSpecification),
  };
}
