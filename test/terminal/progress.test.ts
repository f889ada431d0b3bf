/** What moves while dependencies are installed, and what is left of it. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTemporaryDirectory } from '../support/directory.js';
import { keys, openTerminal, type TerminalOptions } from '../support/terminal.js';

/** Runs the command with a package manager that waits until the file `go` is there. */
function install(ending: string, options: Partial<TerminalOptions> = {}) {
  const PATH = makeTemporaryDirectory();
  const wait = 'while [ ! -e ../go ]; do /bin/sleep 0.05; done';
  writeFileSync(join(PATH, 'npm'), `#!/bin/sh\n${wait}\n${ending}\n`, { mode: 0o755 });
  const cwd = makeTemporaryDirectory();
  const argv = ['my-app', '--yes', '--no-git'];
  const { env, ...rest } = options;
  const terminal = openTerminal(argv, { cwd, env: { PATH, ...env }, ...rest });
  return { terminal, cwd, finish: () => writeFileSync(join(cwd, 'go'), '') };
}

const working = 'Installing dependencies with npm';
const frames = /[◒◐◓◑]/;

describe.skipIf(process.platform === 'win32')('progress', { timeout: 120_000 }, () => {
  it('moves in one line, and is gone afterwards', async () => {
    const { terminal, finish } = install('exit 0');
    await using _ = terminal;
    await terminal.see(`◒  ${working}`);
    await terminal.see(`◐  ${working}`);
    finish();
    expect(await terminal.ended).toBe(0);
    expect(terminal.text).toMatch(/^✔ Created my-app in /);
    expect(terminal.text).not.toMatch(frames);
    expect(terminal.cursorShown).toBe(true);
  });

  it('leaves nothing in a window narrower than itself', async () => {
    const { terminal, finish } = install('exit 0', { columns: 20 });
    await using _ = terminal;
    await terminal.see('◐  Installing depen');
    terminal.resize(15, 40);
    await terminal.see(/◓ {2}Installing$/m);
    finish();
    expect(await terminal.ended).toBe(0);
    expect(terminal.text).not.toMatch(frames);
  });

  it('makes room for what went wrong', async () => {
    const { terminal, finish } = install('echo no network >&2; exit 7');
    await using _ = terminal;
    await terminal.see(working);
    finish();
    expect(await terminal.ended).toBe(1);
    expect(terminal.text).toMatch(/^no network\n✘ npm install failed\.\n/);
    expect(terminal.text).not.toMatch(frames);
  });

  it('ends with Ctrl-C, which the package manager gets too', async () => {
    const { terminal, cwd } = install('exit 0');
    await using _ = terminal;
    await terminal.see(working);
    terminal.press(keys.interrupt);
    expect(await terminal.ended).toBe(130);
    expect(terminal.text).toMatch(/■ Cancelled\.\n/);
    expect(terminal.text).not.toMatch(frames);
    expect(terminal.cursorShown).toBe(true);
    expect(existsSync(join(cwd, 'my-app/package.json'))).toBe(true);
  });

  it('is what the package manager prints, where nothing can move', async () => {
    const { terminal, finish } = install('echo added 3 packages', { env: { TERM: 'dumb' } });
    await using _ = terminal;
    finish();
    expect(await terminal.ended).toBe(0);
    expect(terminal.text).toMatch(/^added 3 packages\n✔ Created my-app/m);
    expect(terminal.output).not.toContain('\u001b');
  });
});
