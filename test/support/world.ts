/** A world for main(): streams that record, a directory of its own, nobody at the keyboard. */
import { PassThrough, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { main, type World } from '../../src/main.js';
import { makeTemporaryDirectory } from './directory.js';

/** A stream that remembers what was written to it. */
export class Recorder extends Writable {
  text = '';
  isTTY = false;
  columns = 100;
  rows = 40;

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** Keys for prompts, fed by the test. */
export class Keyboard extends PassThrough {
  isTTY = true;
  isRaw = false;

  setRawMode(raw: boolean): this {
    this.isRaw = raw;
    return this;
  }
}

export const fixtureTemplates = fileURLToPath(new URL('../fixtures/templates', import.meta.url));
export const realTemplates = fileURLToPath(new URL('../../templates', import.meta.url));

export interface TestWorld extends World {
  readonly stdout: Recorder;
  readonly stderr: Recorder;
}

/** A world without a terminal, in a new directory, with small templates. */
export function createWorld(argv: readonly string[], changes: Partial<World> = {}): TestWorld {
  return {
    argv,
    cwd: makeTemporaryDirectory(),
    home: '/home/somebody',
    env: { PATH: process.env.PATH },
    stdin: new PassThrough(),
    now: () => 0,
    signal: new AbortController().signal,
    templates: fixtureTemplates,
    version: '1.2.3',
    ...changes,
    stdout: new Recorder(),
    stderr: new Recorder(),
  };
}

/** Runs the command in such a world. */
export async function run(argv: readonly string[], changes: Partial<World> = {}) {
  const world = createWorld(argv, changes);
  const status = await main(world);
  return { status, cwd: world.cwd, stdout: world.stdout.text, stderr: world.stderr.text };
}
