/**
 * `npm run bench [-- part …]`: measures the command and what it generates against their peers and
 * prints tables. Nothing here fails because of a time; it fails when something does not work.
 */
import { measureAuth } from './auth.js';
import { measureBoot } from './boot.js';
import { measureLogins } from './login.js';
import { measureScaffolding } from './scaffold.js';
import { measureServers } from './server.js';
import { createWorkspace } from './workspace.js';

const parts = new Map([
  ['scaffold', measureScaffolding],
  ['server', measureServers],
  ['auth', measureAuth],
  ['login', measureLogins],
  ['boot', measureBoot],
]);

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !parts.has(name));

if (unknown !== undefined) {
  console.error(`There is no part "${unknown}". Parts: ${[...parts.keys()].join(', ')}`);
  process.exitCode = 2;
} else {
  const workspace = createWorkspace();
  for (const [name, measure] of parts) {
    if (asked.length === 0 || asked.includes(name)) await measure(workspace);
  }
}
