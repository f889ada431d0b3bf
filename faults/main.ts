/**
 * `npm run faults [-- name … --save]`: causes what goes wrong in production, to generated servers, and
 * prints what their clients saw beside what they have to see. It ends with status 1 where that differs;
 * with --save it also writes docs/reliability.md.
 */
import { parseArgs } from 'node:util';
import { createReport } from '../bench/report.js';
import { describeMachine, type Page, saveResult, writeDocument } from '../bench/save.js';
import { printTable } from '../bench/table.js';
import { clockJumps } from './clock-jumps.js';
import type { Fault, Options } from './fault.js';
import { killedWhileServing } from './killed-serving.js';
import { killedWhileWriting } from './killed-writing.js';
import { malformed } from './malformed.js';
import { providerDownAtStart, providerLyingAtStart } from './provider-at-start.js';
import { rotatingKeys } from './provider-keys.js';
import { providerDownLater, providerFlapping, providerSlow } from './provider-later.js';
import { providerLyingLater } from './provider-lies.js';
import { removeProjects } from './servers.js';
import { soak } from './soak.js';
import { diskFull, redisGone } from './stores.js';

const faults: Fault[] = [
  providerDownAtStart,
  providerDownLater,
  providerSlow,
  providerFlapping,
  rotatingKeys,
  providerLyingAtStart,
  providerLyingLater,
  redisGone,
  diskFull,
  killedWhileWriting,
  killedWhileServing,
  clockJumps,
  malformed,
  soak,
];

const page: Page = {
  name: 'reliability',
  title: 'Reliability',
  command: 'npm run faults --',
  overview: (results) => ({
    heading: 'All in all',
    columns: ['fault', 'what was done', 'looks', 'hold'],
    rows: results.map(({ part, about, tables }) => {
      const looks = tables[0]?.rows ?? [];
      const held = looks.filter((row) => row.at(-1) === 'yes');
      return [`[${part}](#${part})`, about, String(looks.length), String(held.length)];
    }),
    remarks: [],
  }),
  introduction: `Made by \`npm run faults -- --save\` from the data in [reliability/](reliability/): what was done to generated servers, each a process of its own, what
their clients have to see then, and what they saw. The command ends with status 1 where that differs. \`npm run faults -- NAME\` does one of them again.`,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    save: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '10' },
    requests: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
  },
});
const options: Options = {
  minutes: Number(values.minutes),
  requests: Number(values.requests),
  seed: Number(values.seed),
};
const names = faults.map(({ name }) => name);
const unknown = positionals.find((name) => !names.includes(name));

if (unknown !== undefined) {
  console.error(`There is no fault "${unknown}". Faults: ${names.join(', ')}`);
  process.exitCode = 2;
} else {
  const overview: string[][] = [];
  for (const fault of faults) {
    if (positionals.length > 0 && !positionals.includes(fault.name)) continue;
    overview.push(await run(fault));
  }
  if (values.save) writeDocument(page, names);
  await removeProjects();
  printTable('All in all', ['fault', 'looks', 'hold'], overview);
}

/** Causes one fault. @returns how many looks there were, and how many held */
async function run({ name, about, cause }: Fault): Promise<string[]> {
  const { report, tables, charts } = createReport();
  const rows: string[][] = [];
  const write = (what: string, expected: string, seen: string, holds: boolean) => {
    rows.push([what, expected, seen, holds ? 'yes' : 'NO']);
  };
  await cause(write, options, report).catch((error: Error) => {
    write('the run itself', 'comes to its end', error.stack ?? error.message, false);
  });
  report.table('What was seen', ['server', 'has to', 'seen', 'holds'], rows);
  console.log(`  ${name}: ${about}\n`);
  const held = rows.filter(([, , , holds]) => holds === 'yes').length;
  if (held < rows.length) process.exitCode = 1;
  if (values.save) {
    const date = new Date().toISOString().slice(0, 10);
    // What was seen comes first, before what else is known.
    const ordered = [...tables.slice(-1), ...tables.slice(0, -1)];
    saveResult(page, {
      part: name,
      about,
      date,
      machine: describeMachine(),
      tables: ordered,
      charts,
    });
  }
  return [name, String(rows.length), String(held)];
}
