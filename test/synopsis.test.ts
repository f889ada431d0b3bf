import { describe, expect, it } from 'vitest';
import { commands } from '../src/grammar.js';
import { spellSynopsis } from '../src/synopsis.js';
import { run, runOnTerminal } from './support/world.js';

const row = {
  summary: 'Make it',
  argument: { name: 'place', help: 'where' },
  single: 'One place.',
  options: {
    locked: { name: '--locked', help: 'lock it', opposite: 'leave it open' },
    colour: { name: '--colour', value: 'name', help: 'colour', choices: ['red', 'blue'] },
    key: { name: '--key', value: 'path', help: 'key' },
    set: { name: '--set', value: 'name=value', repeatable: true, help: 'set' },
    paint: { name: '--no-paint', help: 'no paint' },
  },
} as const;

describe('the synopsis', () => {
  const options =
    '[--no-locked|--locked] [--colour red|blue] [--key <path>] [--set <name=value>]... [--no-paint]';

  it('has every option with its choices', () => {
    expect(spellSynopsis(row)).toBe(`npx create-mcp-server <place> ${options}`);
  });

  it('begins with what is known', () => {
    expect(spellSynopsis(row, { argument: 'here', first: { colour: 'blue' } })).toBe(
      `npx create-mcp-server here ${options.replace('red|blue', 'blue|red')}`,
    );
  });

  it.each(Object.values(commands.scaffold.options))('of scaffolding has $name', ({ name }) => {
    expect(spellSynopsis(commands.scaffold)).toMatch(new RegExp(`[[|]${name}[ |\\]]`));
  });
});

describe('who is not asked is told what there is to choose', () => {
  const line = (reason: string, directory: string) =>
    `Nothing is asked: ${reason}. All there is to choose, defaults first (--auth-mode: what the preset has): ${spellSynopsis(commands.scaffold, { argument: directory })}\n`;

  it('without a terminal', async () => {
    expect(await run(['my-app', '--dry-run'])).toMatchObject({
      status: 0,
      notice: line('there is no terminal', 'my-app'),
      stderr: '',
    });
  });

  it.each([
    [{ CLAUDECODE: '1' }, 'Claude Code runs this'],
    [{ AI_AGENT: 'somebody@1.2', CI: '1' }, 'somebody@1.2 runs this'],
    [{ CI: 'true' }, 'CI is set'],
  ])('with a terminal and %j', async (env, reason) => {
    const { status, stdout, stderr } = await runOnTerminal(['--dry-run'], [], { env });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe(
      `${line(reason, '<directory>')}✘ No directory was given.\n  It cannot be asked for: ${reason}.\n  Run: npx create-mcp-server my-mcp-server --package-manager npm\n`,
    );
  });

  it('with the package manager at hand first', async () => {
    const env = { npm_config_user_agent: 'pnpm/12.0.0 npm/? node/?' };
    const { notice } = await run(['my-app', '--dry-run'], { env });
    expect(notice).toContain(' [--package-manager pnpm|npm|yarn|yarn-classic|bun] ');
  });

  it('but not programs, nor anybody who is asked', async () => {
    const { notice, stderr: other } = await run(['my-app', '--dry-run', '--json']);
    expect(notice + other).toBe('');
    const chosen = ['--no-oauth', '--framework', 'hono', '--package-manager', 'npm'];
    const { status, stderr } = await runOnTerminal(['my-app', '--dry-run', ...chosen], []);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('before it is said what is wrong', async () => {
    const { notice, stderr } = await run(['my-app', '--framework', 'koa']);
    expect(notice).toMatch(/^Nothing is asked: /);
    expect(stderr).toMatch(/^✘ There is no framework "koa"\.\n/);
  });
});
