/** `add tool`, `add resource`, `add prompt`. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePieceName } from '../../src/add/piece-name.js';
import { change, filesOf, makeProject } from '../support/change.js';
import { thrownBy } from '../support/thrown.js';

describe('a name', () => {
  it.each([
    ['send-mail', 'send-mail', 'sendMail', 'send_mail', 'Send mail'],
    ['send_mail', 'send-mail', 'sendMail', 'send_mail', 'Send mail'],
    ['ping', 'ping', 'ping', 'ping', 'Ping'],
    ['v2-list', 'v2-list', 'v2List', 'v2_list', 'V2 list'],
    ['delete', 'delete', 'deleteTool', 'delete', 'Delete'],
    ['fetch', 'fetch', 'fetchTool', 'fetch', 'Fetch'],
    ['z', 'z', 'zTool', 'z', 'Z'],
  ])('%s', (given, file, identifier, snake, title) => {
    expect(parsePieceName('tool', given)).toEqual({ file, identifier, snake, title });
  });

  it.each([
    ['sendMail', 'such as send-mail.'],
    ['Send Mail', 'such as send-mail.'],
    ['../../etc/passwd', 'such as etc-passwd.'],
    ["x'; process.exit()", 'such as x-process-exit.'],
    ['2nd', 'such as send-mail.'],
    ['-x', 'such as x.'],
    ['a--b', 'such as a-b.'],
    ['con', 'such as con-mcp.'],
    ['a'.repeat(41), `such as ${'a'.repeat(40)}.`],
    ['', 'such as send-mail.'],
  ])('%j is refused', (given, fix) => {
    const shown = thrownBy(() => parsePieceName('tool', given));
    expect(shown).toMatchObject({ code: 'NAME_REFUSED', exitStatus: 2 });
    expect(shown.fix).toContain(fix);
  });
});

describe.each([
  ['tool', 'send-mail', 'send_mail', 'sendMail'],
  ['resource', 'price_list', 'price-list', 'priceList'],
  ['prompt', 'review-code', 'review_code', 'reviewCode'],
])('add %s', (kind, name, registered, identifier) => {
  const file = name.replace('_', '-');
  const paths = [
    `src/${kind}s/${file}.ts`,
    `src/${kind}s/index.ts`,
    `test/${kind}s/${file}.test.ts`,
  ];

  it('writes it and its test, and lists it', async () => {
    const directory = await makeProject();
    const before = filesOf(directory);
    const { status, stdout, stderr } = await change(directory, ['add', kind, name]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(`has the ${kind} ${registered} now: 2 new, 1 changed\n`);
    const after = filesOf(directory);
    const changed = Object.keys(after).filter((path) => after[path] !== before[path]);
    expect(changed.sort()).toEqual([...paths].sort());
    expect(after[paths[0] ?? '']).toContain(`'${registered}'`);
    expect(after[paths[1] ?? '']).toMatch(new RegExp(`, ${identifier}\\];\n$`));
  });

  it('is refused a second time, and writes nothing', async () => {
    const directory = await makeProject();
    await change(directory, ['add', kind, name]);
    const before = filesOf(directory);
    const { status, stderr } = await change(directory, ['add', kind, name]);
    expect(status).toBe(2);
    expect(stderr).toContain(`There is a ${kind} ${registered} already.\n  ${paths[0]} has it.`);
    expect(filesOf(directory)).toEqual(before);
  });

  it('is shown by --dry-run, which writes nothing', async () => {
    const directory = await makeProject();
    const before = filesOf(directory);
    const { stdout } = await change(directory, ['add', kind, name, '--dry-run']);
    expect(stdout).toContain(`diff --git a/${paths[0]} b/${paths[0]}\n--- /dev/null\n`);
    expect(stdout).toMatch(new RegExp(`^\\+export const \\w+.*${identifier}\\];$`, 'm'));
    expect(stdout).toMatch(/Nothing was written\.\n$/);
    expect(filesOf(directory)).toEqual(before);
  });
});

it('finds a name that is taken in a file of another name', async () => {
  const directory = await makeProject();
  const { status, stderr } = await change(directory, ['add', 'tool', 'convert_temperature']);
  expect([status, stderr]).toEqual([2, expect.stringContaining('convert_temperature already')]);
  const other = join(directory, 'src/tools/mail.ts');
  writeFileSync(other, `defineTool({ name: "send_mail" })`);
  const again = await change(directory, ['add', 'tool', 'send-mail']);
  expect(again.stderr).toContain('src/tools/mail.ts has it');
});

it.each([
  ['is gone', undefined],
  ['has a form of its own', 'export const tools = await findTools();\n'],
])('says which line to put in, where the table %s', async (_, text) => {
  const directory = await makeProject();
  const table = join(directory, 'src/tools/index.ts');
  if (text === undefined) rmSync(table);
  else writeFileSync(table, text);
  const { status, stdout } = await change(directory, ['add', 'tool', 'send-mail']);
  expect(status).toBe(0);
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    "Put this into it, and sendMail into its list: import { sendMail } from './send-mail.js';",
  );
  if (text !== undefined) expect(readFileSync(table, 'utf8')).toBe(text);
});

it('keeps the line ends of the table', async () => {
  const directory = await makeProject();
  const table = join(directory, 'src/tools/index.ts');
  writeFileSync(table, readFileSync(table, 'utf8').replaceAll('\n', '\r\n'));
  await change(directory, ['add', 'tool', 'send-mail']);
  const text = readFileSync(table, 'utf8');
  expect(text).toContain("import { sendMail } from './send-mail.js';\r\n");
  expect(text).not.toMatch(/[^\r]\n/);
});

describe('--scope', () => {
  const github = ['--issuer', 'https://login.example.com'];

  it('lets the tool ask for it, with a test of that', async () => {
    const directory = await makeProject(github);
    const args = ['add', 'tool', 'send-mail', '--scope', 'mail:send'];
    const { stdout } = await change(directory, args);
    const files = filesOf(directory);
    expect(files['src/tools/send-mail.ts']).toContain("scopeChallenge: requireScope('mail:send'),");
    expect(files['test/tools/send-mail-scope.test.ts']).toContain("const scope = 'mail:send';");
    expect(stdout).toContain('Declare mail:send in src/auth/scopes.ts');
  });

  it('needs no declaration where there is one', async () => {
    const directory = await makeProject(github);
    const { stdout } = await change(directory, ['add', 'tool', 'x', '--scope', 'mcp:admin']);
    expect(stdout).not.toContain('Declare');
  });

  it.each([
    [[], ['tool', 'x', '--scope', 'a'], '--scope needs a login'],
    [github, ['prompt', 'x', '--scope', 'a'], 'A prompt does not take --scope'],
    [github, ['tool', 'x', '--scope', 'a,b'], 'A tool asks for one scope'],
    [github, ['tool', 'x', '--scope', "a'b"], 'cannot be written into an environment file'],
    [github, ['oauth', '--scope', 'a'], '"add oauth" does not take --scope'],
    [['--provider', 'clerk', '--set', 'domain=clerk.example.com'], ['tool', 'x'], ''],
  ])('%j: add %j', async (made, args, message) => {
    const directory = await makeProject(made);
    const before = filesOf(directory);
    const { status, stderr } = await change(directory, ['add', ...args]);
    expect(status).toBe(message === '' ? 0 : 2);
    expect(stderr).toContain(message);
    if (message !== '') expect(filesOf(directory)).toEqual(before);
  });
});
