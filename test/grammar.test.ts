import { describe, expect, it } from 'vitest';
import { parseArguments } from '../src/cli.js';
import { commands } from '../src/grammar.js';
import { type CommandRow, explainOption, spellOption } from '../src/option.js';

const rows = Object.entries<CommandRow>(commands);
const options = rows.flatMap(([command, row]) =>
  Object.entries(row.options).map(([key, option]) => ({ command, key, option })),
);

describe.each(options)('$command: $option.name', ({ command, key, option }) => {
  const prefix = command === 'scaffold' ? [] : [command];

  it('is known by its key', () => {
    const words = option.name.replace(/^--(no-)?/, '').split('-');
    const camel = words.map((word, index) =>
      index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1),
    );
    expect(camel.join('')).toBe(key);
  });

  // Known before anything is parsed: wantsJson.
  it.runIf(key !== 'json')('reaches the flags', () => {
    const value = option.value === undefined ? [] : ['value'];
    const { flags } = parseArguments([...prefix, option.name, ...value], '1.2.3') as {
      flags: Record<string, unknown>;
    };
    const { flags: without } = parseArguments(prefix, '1.2.3') as { flags: object };
    const given = option.value === undefined ? !option.name.startsWith('--no-') : 'value';
    expect(flags).toEqual({ ...without, [key]: option.repeatable ? [given] : given });
    expect(flags).not.toEqual(without);
  });

  it('has a line in --help', () => {
    const help = parseArguments([...prefix, '--help'], '1.2.3');
    const text = help.kind === 'print' ? help.text.replace(/\s+/g, ' ') : '';
    expect(text).toContain(` ${spellOption(option)} ${explainOption(option)} `);
  });
});

it.each(options.filter(({ option }) => option.choices !== undefined))(
  '$command: the default of $option.name is one of its choices, or words',
  ({ option: { choices = [], usual = '' } }) => {
    expect(usual.includes(' ') || choices.includes(usual)).toBe(true);
  },
);

it.each(rows)('%s says why one argument is enough', (_, { single, foreign = 'It.' }) => {
  for (const sentence of [single, foreign]) expect(sentence).toMatch(/^[A-Z].*\.$/);
});
