/** Writes the parts of README.md that follow from the code. */
import { readFileSync, writeFileSync } from 'node:fs';
import { providers } from '../src/providers/index.js';
import { fillProviderTable } from '../src/providers/table.js';

const readme = new URL('../README.md', import.meta.url);
writeFileSync(readme, fillProviderTable(readFileSync(readme, 'utf8'), providers));
