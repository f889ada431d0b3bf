/** Runs the official conformance suite against generated servers, and writes docs/conformance.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { examples } from '../src/examples.js';
import { fillDocument, keyOf } from '../test/conformance/document.js';
import { startServer } from '../test/conformance/servers.js';
import { installSuite, type Outcome, revisions } from '../test/support/conformance-suite.js';

const suite = await installSuite();
const results = new Map<string, Outcome[]>();
for (const { id } of examples) {
  await using server = await startServer('open', '--example', id);
  for (const revision of revisions) {
    results.set(keyOf(id, revision), await suite.tryServer(server.url, revision));
  }
}
const document = new URL('../docs/conformance.md', import.meta.url);
writeFileSync(document, fillDocument(readFileSync(document, 'utf8'), results));
