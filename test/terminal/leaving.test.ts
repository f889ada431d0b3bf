/** Leaving half-way: the terminal is as it was, and so is the disk. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeTemporaryDirectory } from '../support/directory.js';
import { keys, openTerminal, questions, type Terminal } from '../support/terminal.js';

const { where, protect, which, framework } = questions;
const { enter, interrupt, leave } = keys;

type Walk = (terminal: Terminal) => Promise<void>;

const until: Record<string, Walk> = {
  'a line of text': (terminal) => terminal.answer(where, 'half'),
  'yes or no': async (terminal) => {
    await until['a line of text']?.(terminal);
    await terminal.answer('half█', enter);
    await terminal.see(protect);
  },
  'a search': async (terminal) => {
    await until['yes or no']?.(terminal);
    await terminal.answer(protect, 'y');
    await terminal.answer(which, 'auth');
    await terminal.see('auth█');
  },
  'a list': async (terminal) => {
    await until['yes or no']?.(terminal);
    await terminal.answer(protect, 'n');
    await terminal.see(framework);
  },
};

const ways: [string, (terminal: Terminal) => void][] = [
  ['Ctrl-C', (terminal) => terminal.press(interrupt)],
  ['Esc', (terminal) => terminal.press(leave)],
  ['SIGTERM', ({ child }) => child.kill('SIGTERM')],
];

const combinations = Object.entries(until).flatMap(([question, walk]) =>
  ways.map(([way, go]) => ({ question, way, walk, go })),
);

describe.skipIf(process.platform === 'win32')('leaving', { timeout: 120_000 }, () => {
  it.each(combinations)('$question by $way', async ({ walk, go }) => {
    const cwd = makeTemporaryDirectory();
    await using terminal = openTerminal([], { cwd });
    await walk(terminal);
    expect(terminal.cursorShown).toBe(false);
    go(terminal);
    expect(await terminal.ended).toBe(130);
    expect(terminal.text).toMatch(
      /\n└\n\n■ Cancelled\.\n {2}You, or the system, asked for it\.\n {2}Nothing was written\. Run the command again to start over\.$/,
    );
    expect(terminal.cursorShown).toBe(true);
    expect(readdirSync(cwd)).toEqual([]);
  });
});
