// A second process on the same SQLite file, for tests: node --import tsx store-child.ts FILE TASK
import { openSqliteStore } from '../../src/store/sqlite.js';

const [file = '', task] = process.argv.slice(2);
const say = (line: unknown) => process.stdout.write(`${line}\n`);

say('ready');
// All begin together, so that they meet.
await new Promise((resolve) => process.stdin.once('data', resolve));
const store = await openSqliteStore(file);

if (task === 'claim') {
  let won = 0;
  for (let index = 0; index < 2_000; index++) {
    if (await store.claim(`claim ${index}`, String(process.pid), 600)) won++;
  }
  say(won);
  process.exit();
}

if (task === 'write') {
  for (let index = 0; ; index++) {
    await store.set(`write ${index}`, 'x'.repeat(1_000), 600, 'written');
    say(index);
  }
}
