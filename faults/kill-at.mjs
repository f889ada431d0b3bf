/** Loaded before the command: ends it before one of its operations on files, or counts them. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const at = Number(process.env.KILL_AT ?? 0);
let count = 0;
for (const name of [
  'mkdirSync',
  'mkdtempSync',
  'writeFileSync',
  'renameSync',
  'rmdirSync',
  'rmSync',
]) {
  const operate = fs[name];
  fs[name] = (...parameters) => {
    if (++count === at) process.kill(process.pid, process.env.KILL_BY);
    return operate(...parameters);
  };
}
syncBuiltinESMExports();
process.on('exit', () => process.send?.(count));
process.channel?.unref();
