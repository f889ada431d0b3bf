/**
 * `npm run bench [-- part … --save]`: measures the command and what it generates against their peers
 * and prints tables; with --save it also writes docs/performance.md. Nothing here fails because of a
 * time; it fails when something does not work.
 */
import { measureAuth } from './auth.js';
import { measureBoot } from './boot.js';
import { compareServers } from './compare.js';
import { measureConcurrency } from './concurrency.js';
import { measureInstances } from './instances.js';
import { measureLogins } from './login.js';
import { createReport, type Report } from './report.js';
import { describeMachine, type Page, saveResult, writeDocument } from './save.js';
import { measureScaffolding } from './scaffold.js';
import { measureServers } from './server.js';
import { createWorkspace } from './workspace.js';

interface Part {
  name: string;
  about: string;
  measure(workspace: string, report: Report): void | Promise<void>;
}

const parts: Part[] = [
  {
    name: 'compare',
    about:
      'Generated servers in every mode with every framework, beside other ways to write the same tool.',
    measure: compareServers,
  },
  {
    name: 'server',
    about: 'How the cost of a request grows with the number of tools, beside the SDK by default.',
    measure: measureServers,
  },
  {
    name: 'concurrency',
    about: 'How a server behaves when more and more clients wait for it at the same time.',
    measure: measureConcurrency,
  },
  {
    name: 'instances',
    about: 'What a second instance brings, behind a balancer that takes turns.',
    measure: measureInstances,
  },
  {
    name: 'auth',
    about: 'What checking a token costs, for tokens seen before and for new ones.',
    measure: measureAuth,
  },
  {
    name: 'login',
    about: 'What the authorization server of the proxy mode costs: logins, refreshes, and calls.',
    measure: measureLogins,
  },
  {
    name: 'boot',
    about:
      'How long a generated server takes to answer, what it installs, and what memory it needs.',
    measure: measureBoot,
  },
  {
    name: 'scaffold',
    about: 'How long the command itself takes, without installing anything.',
    measure: measureScaffolding,
  },
];

const page: Page = {
  name: 'performance',
  title: 'Performance',
  command: 'npm run bench --',
  introduction: `Made by \`npm run bench -- --save\` from the data in [performance/](performance/). Absolute numbers are the machine's; what counts are ratios: whatever is
compared ran side by side, in short alternating rounds of one run, and CPU time is that of the server's process, not of the client's.
\`npm run bench -- PART\` measures one part again.`,
};

const names = parts.map(({ name }) => name);
const given = process.argv.slice(2);
const save = given.includes('--save');
const asked = given.filter((argument) => argument !== '--save');
const unknown = asked.find((name) => !names.includes(name));

if (unknown !== undefined) {
  console.error(`There is no part "${unknown}". Parts: ${names.join(', ')}`);
  process.exitCode = 2;
} else {
  const workspace = createWorkspace();
  const date = new Date().toISOString().slice(0, 10);
  for (const { name, about, measure } of parts) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const { report, tables, charts } = createReport();
    await measure(workspace, report);
    const machine = describeMachine();
    if (save) saveResult(page, { part: name, about, date, machine, tables, charts });
  }
  if (save) writeDocument(page, names);
}
