/** What README.md says, and what is so. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../src/cli.js';
import { providers } from '../src/providers/index.js';
import { fillProviderTable } from '../src/providers/table.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

it('lists the presets that there are', () => {
  expect(readme, 'the table is generated: npm run docs').toBe(fillProviderTable(readme, providers));
});

describe.each([
  { section: 'Options', argv: ['--help'], known: '--auth-mode <mode>' },
  { section: 'Later: add and upgrade', argv: ['add', '--help'], known: '--conflicts <how>' },
  {
    section: 'When a login does not work: the doctor',
    argv: ['doctor', '--help'],
    known: '--client-id <id>',
  },
  {
    section: 'How a server treats tokens: the conformance pack',
    argv: ['conformance', '--help'],
    known: '--issuer-port <port>',
  },
])('options in "$section"', ({ section, argv, known }) => {
  /** Names of options, with what they take: `--set <name=value>`, `-y`. */
  const optionsIn = (text: string) => text.match(/(?<![\w-])--?[a-z][a-z-]*( <[^>]+>)?/gi) ?? [];

  const help = parseArguments(argv, '1.2.3');
  const helped = help.kind === 'print' ? [...help.text.matchAll(/^ {2}(-.+?)(?: {2}|$)/gm)] : [];
  const [text = ''] = readme.split(`\n## ${section}\n`)[1]?.split('\n## ') ?? [];
  const table = [...text.matchAll(/^\| (`-.*?) \|/gm)];

  it('are the same in the table as in --help', () => {
    const named = (rows: RegExpExecArray[]) => rows.flatMap(([, cell = '']) => optionsIn(cell));
    expect(named(helped)).toContain(known);
    expect(named(table).sort()).toEqual(named(helped).sort());
  });
});
