/** Whoever answers questions gets what the printed command makes, byte for byte. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTemporaryDirectory, snapshotTree } from '../support/directory.js';
import { command, keys, openTerminal, questions, type Terminal } from '../support/terminal.js';

const { where, protect, which, framework, manager } = questions;
const { enter, up, down } = keys;
const neither = ['--no-install', '--no-git'];

/** A PATH on which npx runs this command, as it would the published one. */
function pathWithNpx(): string {
  const path = makeTemporaryDirectory();
  const node = [process.execPath, ...command].map((word) => `'${word}'`).join(' ');
  writeFileSync(join(path, 'npx'), `#!/bin/sh\nshift\nexec ${node} "$@"\n`, { mode: 0o755 });
  return path;
}

/** What is in a directory, but for the random key of a proxy. */
function read(directory: string): Record<string, string> {
  const files = Object.entries(snapshotTree(directory));
  const secret = /^(AUTH_SECRET=).{40,}$/m;
  return Object.fromEntries(files.map(([path, text]) => [path, text.replace(secret, '$1')]));
}

const walks: Record<string, { argv?: string[]; walk: (terminal: Terminal) => Promise<void> }> = {
  'every default': {
    walk: async (terminal) => {
      await terminal.answer(where, enter);
      await terminal.answer(protect, enter);
      await terminal.answer(framework, enter);
      await terminal.answer(manager, enter);
    },
  },
  'a proxy, in a directory whose name shells would take apart': {
    argv: ['--scopes', 'mcp:use,reports'],
    walk: async (terminal) => {
      await terminal.answer(where, `it's here/my-app${enter}`);
      await terminal.answer(which, 'azure');
      await terminal.answer('azure█ (1 match)', enter);
      await terminal.answer('Directory (tenant) ID', `common${enter}`);
      await terminal.answer('Host of the cloud?', `login.microsoftonline.us${enter}`);
      await terminal.answer(framework, down, enter);
      await terminal.answer(manager, down, enter);
    },
  },
  'the mode that was given, and an issuer': {
    argv: ['my-app', '--auth-mode', 'introspection', '--framework', 'fastify'],
    walk: async (terminal) => {
      await terminal.answer(which, enter);
      await terminal.answer('Issuer URL', `https://id.example.com/a/${enter}`);
      await terminal.answer(manager, up, up, enter);
    },
  },
};

describe.skipIf(process.platform === 'win32')('the same project', { timeout: 120_000 }, () => {
  it.each(Object.entries(walks))('with %s', async (_, { argv = [], walk }) => {
    const [asked, told] = [makeTemporaryDirectory(), makeTemporaryDirectory()];
    for (const cwd of [asked, told]) mkdirSync(join(cwd, "it's here"));
    // Wide enough for the command to be on one line, as a person would copy it.
    await using terminal = openTerminal([...argv, ...neither], { cwd: asked, columns: 250 });
    await walk(terminal);
    expect(await terminal.ended).toBe(0);

    const printed = /To make the same project again:\n {2}(.+)$/.exec(terminal.text)?.[1] ?? '';
    execFileSync('sh', ['-c', `${printed} ${neither.join(' ')}`], {
      cwd: told,
      stdio: 'pipe',
      env: { PATH: `${pathWithNpx()}:${process.env.PATH}`, HOME: told },
    });
    expect(read(told)).toEqual(read(asked));
    expect(Object.keys(read(asked)).length).toBeGreaterThan(20);
  });
});
