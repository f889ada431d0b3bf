/** Writes what follows from the code: parts of README.md and docs/conformance.md, docs/doctor.md, and schema/. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fillConformance } from '../conformance/fill.js';
import { describeChecks } from '../src/doctor/document.js';
import { providers } from '../src/providers/index.js';
import { fillProviderTable } from '../src/providers/table.js';
import { publishedSchemas } from '../src/schema/publish.js';

const root = new URL('../', import.meta.url);
const readme = new URL('README.md', root);
writeFileSync(readme, fillProviderTable(readFileSync(readme, 'utf8'), providers));
mkdirSync(new URL('docs', root), { recursive: true });
writeFileSync(new URL('docs/doctor.md', root), describeChecks());
const conformance = new URL('docs/conformance.md', root);
const results = JSON.parse(readFileSync(new URL('conformance/results.json', root), 'utf8'));
writeFileSync(conformance, fillConformance(readFileSync(conformance, 'utf8'), results));
mkdirSync(new URL('schema', root), { recursive: true });
for (const [name, schema] of Object.entries(publishedSchemas())) {
  writeFileSync(new URL(`schema/${name}`, root), `${JSON.stringify(schema, null, 2)}\n`);
}
