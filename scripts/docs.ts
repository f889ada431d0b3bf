/** Writes what follows from the code: a part of README.md, docs/doctor.md, and schema/. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describeChecks } from '../src/doctor/document.js';
import { providers } from '../src/providers/index.js';
import { fillProviderTable } from '../src/providers/table.js';
import { publishedSchemas } from '../src/schema/publish.js';

const root = new URL('../', import.meta.url);
const readme = new URL('README.md', root);
writeFileSync(readme, fillProviderTable(readFileSync(readme, 'utf8'), providers));
mkdirSync(new URL('docs', root), { recursive: true });
writeFileSync(new URL('docs/doctor.md', root), describeChecks());
mkdirSync(new URL('schema', root), { recursive: true });
for (const [name, schema] of Object.entries(publishedSchemas())) {
  writeFileSync(new URL(`schema/${name}`, root), `${JSON.stringify(schema, null, 2)}\n`);
}
