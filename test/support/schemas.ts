/** The published schemas, for tests: every JSON document that the command prints is held against them. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { providers } from '../../src/providers/index.js';
import { publishedSchemas } from '../../src/schema/publish.js';

const compiled = new Map<string, ValidateFunction>();

/** @returns what a document has against a schema; empty if it is valid */
export function faultsOf(name: 'options' | 'output', document: unknown): string[] {
  // Presets that a test registers belong to the schemas, too.
  const key = `${name} ${providers.length}`;
  const validate = compiled.get(key) ?? compile(name);
  compiled.set(key, validate);
  validate(document);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

function compile(name: string): ValidateFunction {
  const schema = publishedSchemas()[`${name}.schema.json`];
  if (schema === undefined) throw new Error(`There is no schema ${name}`);
  // Conditions are about parts of what is described elsewhere.
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
  return ajv.compile(schema);
}

/** @throws Error if a text is not one document of the published form */
export function expectDocument(text: string): void {
  const faults = faultsOf('output', JSON.parse(text));
  if (faults.length > 0) throw new Error(`Not as the schema has it:\n${faults.join('\n')}`);
}
