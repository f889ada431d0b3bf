/** What somebody sees who is asked: the words on the screen, at any width, with and without colours. */
import { readdirSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { providers } from '../../src/providers/index.js';
import { makeTemporaryDirectory } from '../support/directory.js';
import { keys, openTerminal, questions } from '../support/terminal.js';

const { where, protect, which, framework, manager } = questions;
const { enter, leave, up, down, left, backspace } = keys;
const dry = ['--dry-run'];
/** How long a screen may take to be as it should. */
const patience = { timeout: 15_000 };

describe.skipIf(process.platform === 'win32')(
  'questions on a terminal',
  { timeout: 120_000 },
  () => {
    it('are asked for everything that is missing, and answered with arrows and by typing', async () => {
      const cwd = makeTemporaryDirectory();
      await using terminal = openTerminal(dry, { cwd, rows: 200 });
      await terminal.answer(where, `my-app${enter}`);
      await terminal.answer(protect, left, enter);
      await terminal.answer(which, 'cogn1to');
      await terminal.see('cogn1to█ (1 match)');
      expect(terminal.text).toMatchInlineSnapshot(`
        "┌  create-mcp-server
        │
        ◇  Where should the project be created?
        │  my-app
        │
        ◇  Protect the HTTP endpoint with OAuth?
        │  Yes
        │
        ◆  Which identity provider?
        │
        │  Search: cogn1to█ (1 match)
        │  ● Amazon Cognito (Amazon Cognito user pools; MCP clients register with the 
        │  generated server)
        │  ↑/↓ to select • Enter: confirm • Type: to search
        └"
      `);
      terminal.press(backspace.repeat(7), 'keyc');
      await terminal.answer('keyc█ (1 match)', enter);
      await terminal.answer('Base URL of Keycloak?', `id.example.com${enter}`);
      await terminal.see('is not a valid');
      expect(terminal.text).toMatchInlineSnapshot(`
        "┌  create-mcp-server
        │
        ◇  Where should the project be created?
        │  my-app
        │
        ◇  Protect the HTTP endpoint with OAuth?
        │  Yes
        │
        ◇  Which identity provider?
        │  Keycloak
        │
        ▲  Base URL of Keycloak?
        │  What browsers call Keycloak, without "/realms" and without a final slash. Old
        │  installations have "/auth" at its end.
        │  id.example.com█
        └  "id.example.com" is not a valid url. Base URL of Keycloak looks like
           https://keycloak.example.com."
      `);
      terminal.press(backspace.repeat(14), `https://id.example.com${enter}`);
      await terminal.answer('Realm?', `people${enter}`);
      await terminal.answer(framework, down, down, up, enter);
      await terminal.answer(manager, up, enter);
      expect(await terminal.ended).toBe(0);
      const [asked = '', rest = ''] = terminal.text.split('\n└\n\n');
      expect(asked).toMatchInlineSnapshot(`
        "┌  create-mcp-server
        │
        ◇  Where should the project be created?
        │  my-app
        │
        ◇  Protect the HTTP endpoint with OAuth?
        │  Yes
        │
        ◇  Which identity provider?
        │  Keycloak
        │
        ◇  Base URL of Keycloak?
        │  What browsers call Keycloak, without "/realms" and without a final slash. Old
        │  installations have "/auth" at its end.
        │  https://id.example.com
        │
        ◇  Realm?
        │  Admin Console, Realm name under Realm settings > General. Do not use
        │  "master", which is for administrators.
        │  people
        │
        ◇  Which HTTP framework?
        │  Express
        │
        ◇  Which package manager?
        │  Bun"
      `);
      expect(rest).toContain('Would create my-app');
      expect(rest).toContain('\n  express ^');
      expect(terminal.cursorShown).toBe(true);
      expect(readdirSync(cwd)).toEqual([]);
    });

    it('stay readable when the window becomes narrow, and wide again', async () => {
      await using terminal = openTerminal(['my-app', '--provider', 'entra', ...dry], {
        cwd: makeTemporaryDirectory(),
      });
      await terminal.see('Directory (tenant) ID, or organizations or common for many tenants?');
      await vi.waitFor(() => expect(terminal.text).toMatch(/└$/), patience);
      const wide = terminal.text;
      terminal.resize(44, 40);
      const narrow = [
        '┌  create-mcp-server',
        '│',
        '◆  Directory (tenant) ID, or organizations',
        '│  or common for many tenants?',
        '│  Microsoft Entra admin center > Entra ID >',
        '│  App registrations > your app > Overview,',
        '│  field Directory (tenant) ID. A domain',
        '│  name does not do: discovery answers with',
        '│  the GUID. "organizations" admits work and',
        '│  school accounts of every tenant, "common"',
        '│  personal accounts too.',
        '│  8eaef023-2b34-4da1-9baa-8bc8c9d6a490',
        '└',
      ].join('\n');
      // It is drawn in more than one step.
      await vi.waitFor(() => expect(terminal.text).toBe(narrow), patience);
      // What is typed still arrives, and so does what is wrong with it.
      terminal.press('a', enter);
      await terminal.see('is not a valid');
      expect(Math.max(...terminal.text.split('\n').map((line) => line.length))).toBeLessThan(45);
      terminal.press(backspace);
      await terminal.see('◆  Directory');
      terminal.resize(80, 40);
      await vi.waitFor(() => expect(terminal.text).toBe(wide), patience);
      terminal.press(leave);
      expect(await terminal.ended).toBe(130);
    });

    it('come with a list that fits into a low and narrow window', async () => {
      await using terminal = openTerminal(['my-app', '--oauth', ...dry], {
        cwd: makeTemporaryDirectory(),
        columns: 40,
        rows: 14,
      });
      await terminal.answer(which, down.repeat(providers.length - 1));
      const last = `● ${providers.at(-1)?.title}`;
      await terminal.see(last);
      expect(terminal.visible).toContain(which);
      expect(terminal.visible.split(last)[1]).toMatch(/└$/);
      terminal.press(down);
      await terminal.see(`● ${providers[0]?.title}`);
      terminal.press(leave);
      expect(await terminal.ended).toBe(130);
    });
  },
);

/** Whether a colour is set: foreground or background, of any depth (ECMA-48, SGR 30 to 49, 90 to 107). */
const coloured = (output: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  [...output.matchAll(/\u001b\[([\d;]*)m/g)].some(([, codes = '']) =>
    codes.split(';').some((code) => /^(3[0-8]|4[0-8]|9\d|10[0-7])$/.test(code)),
  );

describe.skipIf(process.platform === 'win32')('colours', { timeout: 120_000 }, () => {
  const run = async (env: NodeJS.ProcessEnv, argv: string[] = []) => {
    await using terminal = openTerminal([...argv, ...dry], { cwd: makeTemporaryDirectory(), env });
    await terminal.answer(where, `my-app${enter}`);
    await terminal.answer(protect, 'y');
    await terminal.answer(which, 'openid');
    await terminal.answer('openid█ (1 match)', enter);
    await terminal.answer('Issuer', `nonsense${enter}`);
    await terminal.answer('not an absolute', backspace.repeat(8), enter);
    await terminal.answer(framework, enter);
    await terminal.answer(manager, leave);
    expect(await terminal.ended).toBe(130);
    return terminal;
  };

  it('are the only difference that NO_COLOR makes', async () => {
    const bright = await run({});
    const plain = await run({ NO_COLOR: '1' });
    expect(coloured(bright.output)).toBe(true);
    expect(coloured(plain.output)).toBe(false);
    expect(plain.text).toBe(bright.text);
  });

  it.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('are not in a result with %j', async (env) => {
    const cwd = makeTemporaryDirectory();
    await using terminal = openTerminal(['my-app', '--yes', ...dry], { cwd, env });
    expect(await terminal.ended).toBe(0);
    expect(terminal.output).toContain('Would create my-app');
    expect(terminal.output).not.toContain('\u001b');
  });
});

describe.skipIf(process.platform === 'win32')('nobody is asked', { timeout: 120_000 }, () => {
  it.each([
    [{ CI: '1' }, []],
    [{ TERM: 'dumb' }, []],
    [{}, ['--yes']],
    [{}, ['--json']],
  ])('with %j %j', async (env, argv) => {
    const cwd = makeTemporaryDirectory();
    await using terminal = openTerminal(argv, { cwd, env });
    expect(await terminal.ended).toBe(2);
    expect(terminal.text).toContain('No directory was given');
    expect(terminal.text).toContain('npx create-mcp-server my-mcp-server --package-manager npm');
    expect(terminal.text).not.toContain(where);
    expect(readdirSync(cwd)).toEqual([]);
  });
});
