/** Makes the files of a project in memory: the part of the pipeline that is the same for every command. */
import { createContext } from './context.js';
import { selectLayers } from './layers.js';
import type { Options } from './options.js';
import { planFiles } from './plan.js';
import { addRecord } from './record.js';
import { type RenderedProject, renderPlan } from './render.js';
import { loadLayers } from './templates.js';

/** Where the files come from. */
export interface Generator {
  /** The path of templates/. */
  readonly templates: string;
  /** Of this command. */
  readonly version: string;
}

/** @returns the same for the same options, and without secrets */
export async function generateProject(
  options: Options,
  { templates, version }: Generator,
): Promise<RenderedProject> {
  const plan = planFiles(loadLayers(templates, selectLayers(options)));
  return addRecord(await renderPlan(plan, createContext(options)), options, version);
}
