/** A world for main(): streams that record, a directory of its own, nobody at the keyboard. */
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { wantsJson } from '../../src/cli.js';
import { main, type World } from '../../src/main.js';
import { makeTemporaryDirectory } from './directory.js';
import { expectDocument } from './schemas.js';

/** A stream that remembers what was written to it. */
export class Recorder extends Writable {
  text = '';
  isTTY = false;
  columns = 100;
  rows = 40;

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    this.emit('text');
    done();
  }
}

/** Keys for prompts, fed by the test. */
class Keyboard extends PassThrough {
  isTTY = true;
  isRaw = false;

  setRawMode(raw: boolean): this {
    this.isRaw = raw;
    return this;
  }
}

const fixtureTemplates = fileURLToPath(new URL('../fixtures/templates', import.meta.url));
export const realTemplates = fileURLToPath(new URL('../../templates', import.meta.url));

/** Small templates: of the real layers, those that test/fixtures/templates does not have are empty. */
export function createFixtureTemplates(): string {
  const templates = makeTemporaryDirectory();
  for (const entry of readdirSync(realTemplates, { withFileTypes: true })) {
    if (entry.isDirectory()) mkdirSync(join(templates, entry.name));
  }
  cpSync(fixtureTemplates, templates, { recursive: true });
  return templates;
}

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
    randomBytes: (size) => Buffer.alloc(size),
    signal: new AbortController().signal,
    templates: createFixtureTemplates(),
    schemas: fileURLToPath(new URL('../../schema', import.meta.url)),
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
  if (wantsJson(argv)) expectDocument(world.stdout.text);
  const [, notice = '', stderr = ''] =
    /^(Nothing is asked: [^\n]*\n)?(.*)$/s.exec(world.stderr.text) ?? [];
  return {
    status,
    cwd: world.cwd,
    stdout: world.stdout.text,
    /** What those are told who are not asked. */
    notice,
    /** Everything else. */
    stderr,
  };
}

/** A question's words, and the keys that answer it. */
export type Answer = readonly [question: string, keys: string];

/**
 * Runs the command on a terminal whose user answers as soon as a question appears; by the clock of
 * this world, every answer takes a minute.
 */
export async function runOnTerminal(
  argv: readonly string[],
  answers: readonly Answer[],
  changes: Partial<World> = {},
) {
  const keyboard = new Keyboard();
  const open = [...answers];
  const now = () => (answers.length - open.length) * 60_000;
  const world = createWorld(argv, { stdin: keyboard, now, ...changes });
  world.stdout.isTTY = true;
  let read = 0;
  world.stdout.on('text', () => {
    const [next] = open;
    if (next === undefined || !world.stdout.text.includes(next[0], read)) return;
    open.shift();
    read = world.stdout.text.length;
    setImmediate(() => keyboard.write(next[1]));
  });
  const status = await main(world);
  return {
    status,
    cwd: world.cwd,
    stdout: world.stdout.text,
    stderr: world.stderr.text,
    /** Answers whose question did not come. */
    unasked: open.map(([question]) => question),
    /** Whether the terminal was left as the shell expects it. */
    raw: keyboard.isRaw,
  };
}
