/** Compiles templates ahead: see src/engine.ts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { unifyLines } from '../src/lines.js';
import { templateOptions } from '../src/template-options.js';

/**
 * Writes what stands in for src/precompiled.ts.
 *
 * @param directory the path of templates/
 * @returns JavaScript
 */
export function precompileTemplates(directory: string): string {
  const entries = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.hbs'))
    .sort()
    .map((path) => unifyLines(readFileSync(join(directory, path))).toString())
    .map((text) => `[${JSON.stringify(text)}, ${Handlebars.precompile(text, templateOptions)}]`);
  return `export const precompiled = new Map([\n${entries.join(',\n')}\n]);\n`;
}
