/** Prints a published schema: see src/schema/. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './errors.js';
import { invocation } from './invocation.js';

export const schemaNames = ['options', 'output'] as const;

/**
 * @param directory the path of schema/
 * @returns JSON
 * @throws UsageError if there is none of that name
 */
export function readSchema(directory: string, name: string | undefined): string {
  const known = schemaNames.find((each) => each === name);
  if (known !== undefined) return readFileSync(join(directory, `${known}.schema.json`), 'utf8');
  throw new UsageError('SCHEMA_UNKNOWN', {
    what: name === undefined ? 'No schema was named' : `There is no schema ${JSON.stringify(name)}`,
    why: 'There is one of the options of scaffolding, and one of all that --json prints.',
    fix: schemaNames.map((each) => `Run: ${invocation} schema ${each}`).join(' or '),
    option: 'name',
    choices: schemaNames,
  });
}
