/** What becomes of files that somebody changed, removed, or made: nothing of it is lost. */
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { change, commit, filesOf, makeProject, newFiles } from '../support/change.js';
import { realTemplates, run } from '../support/world.js';

const login = ['add', 'oauth'];

/** Changes a file of a project. */
function edit(directory: string, path: string, replace: (text: string) => string): void {
  const file = join(directory, path);
  writeFileSync(file, replace(readFileSync(file, 'utf8')));
}

const append = (line: string) => (text: string) => `${text}${line}\n`;

describe('a file that somebody changed', () => {
  it('is merged, line by line', async () => {
    const directory = await makeProject();
    edit(directory, 'AGENTS.md', (text) => text.replace('## Map', '## Map\n\nMine.'));
    const { stdout } = await change(directory, login);
    const { 'AGENTS.md': merged = '' } = filesOf(directory);
    expect(merged).toContain('## Map\n\nMine.');
    expect(merged.replace('\n\nMine.', '')).toBe((await newFiles(['--oauth']))['AGENTS.md']);
    expect(stdout).toContain('Merged with your changes:\n  AGENTS.md\n');
  });

  it('is merged by its keys, if it is package.json', async () => {
    const directory = await makeProject();
    edit(directory, 'package.json', (text) => {
      const manifest = JSON.parse(text);
      const { pino, zod, ...first } = manifest.dependencies;
      manifest.dependencies = { ...first, kysely: '^0.28.0', pino, zod };
      manifest.scripts.test = 'vitest run --coverage';
      delete manifest.scripts.inspect;
      return `${JSON.stringify(manifest, null, 4)}\n`;
    });
    await change(directory, login);
    const text = filesOf(directory)['package.json'] ?? '';
    const fresh = JSON.parse((await newFiles(['--oauth']))['package.json'] ?? '');
    fresh.dependencies = { ...fresh.dependencies, kysely: '^0.28.0' };
    fresh.scripts.test = 'vitest run --coverage';
    delete fresh.scripts.inspect;
    expect(JSON.parse(text)).toEqual(fresh);
    expect(Object.keys(JSON.parse(text).dependencies)).toEqual(
      Object.keys(fresh.dependencies).sort(),
    );
    expect(text).toContain('\n    "scripts"');
  });

  it('is merged by its entries, if it is a table', async () => {
    const directory = await makeProject();
    edit(directory, 'src/tools/index.ts', (text) =>
      text
        .replace('import type { Tool }', "import { mine } from './mine.js';\nimport type { Tool }")
        .replace('[convertTemperature]', '[mine, convertTemperature]'),
    );
    await change(directory, login);
    expect(filesOf(directory)['src/tools/index.ts']).toContain(
      '[mine, convertTemperature, whoami, serverStatus];',
    );
  });

  it.each([
    ['.env.example', '# mine\nMY_KEY='],
    ['.gitignore', 'coverage/'],
  ])('keeps its own lines beside new ones, if it is %s', async (path, line) => {
    const directory = await makeProject();
    edit(directory, path, append(line));
    const { status } = await change(directory, ['add', 'oauth', '--provider', 'github']);
    expect(status).toBe(0);
    const merged = (filesOf(directory)[path] ?? '').split('\n');
    const fresh = ((await newFiles(['--provider', 'github']))[path] ?? '').split('\n');
    expect(merged).toEqual(expect.arrayContaining([...fresh, ...line.split('\n')]));
  });

  it('keeps line ends that a checkout gave it', async () => {
    const directory = await makeProject();
    for (const [path, text] of Object.entries(filesOf(directory))) {
      if (path.endsWith('.json')) continue;
      writeFileSync(join(directory, path), text.replaceAll('\n', '\r\n'));
    }
    edit(directory, 'AGENTS.md', (text) => text.replace('## Map', '## Map\r\n\r\nMine.'));
    const { status, stdout } = await change(directory, login);
    expect(status).toBe(0);
    // Nothing but that one file counts as touched.
    expect(stdout).toContain('Merged with your changes:\n  AGENTS.md\n\n');
    const fresh = await newFiles(['--oauth']);
    const files = filesOf(directory);
    expect(files['README.md']).toBe(fresh['README.md']?.replaceAll('\n', '\r\n'));
    expect(files['AGENTS.md']).toContain('Mine.\r\n');
    expect(files['AGENTS.md']).not.toMatch(/[^\r]\n/);
  });
});

describe('a conflict', () => {
  /** The same line is changed by hand, and by the login. */
  const conflicting = async () => {
    const directory = await makeProject();
    edit(directory, 'src/app.ts', (text) => text.replace('const mcp =', 'const mine =\n    '));
    edit(directory, 'src/app.ts', (text) => text.replaceAll(/^(.*)endpoint(.*)$/gm, '$1mine$2'));
    return directory;
  };

  it('stops everything, unless somebody says how', async () => {
    const directory = await conflicting();
    const before = filesOf(directory);
    const { status, stderr } = await change(directory, login);
    expect(status).toBe(1);
    expect(stderr).toContain('✘ A file needs a decision, so nothing was written.\n  src/app.ts: ');
    expect(stderr).toContain('--conflicts mark');
    expect(filesOf(directory)).toEqual(before);
  });

  it('is shown by --dry-run', async () => {
    const directory = await conflicting();
    const { status, stdout } = await change(directory, [...login, '--dry-run']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/Conflicts:\n {2}src\/app.ts: You and .* It needs a decision/);
  });

  it('is marked on request', async () => {
    const directory = await conflicting();
    const { status, stdout } = await change(directory, [...login, '--conflicts', 'mark']);
    expect(status).toBe(0);
    const { 'src/app.ts': text = '', ...files } = filesOf(directory);
    expect(text).toMatch(/^<{7} yours\n(.*\n)*={7}\n(.*\n)*>{7} generated now$/m);
    expect(text).toContain('mine');
    expect(text).toContain('...auth.routes,');
    const { 'src/app.ts': _, ...others } = await newFiles(['--oauth']);
    expect(files).toEqual(others);
    expect(stdout).toContain('Both versions are in it, between marks.');
  });

  it('is kept beside on request', async () => {
    const directory = await conflicting();
    const before = filesOf(directory)['src/app.ts'];
    const { status, stdout } = await change(directory, [...login, '--conflicts', 'keep']);
    expect(status).toBe(0);
    const files = filesOf(directory);
    expect(files['src/app.ts']).toBe(before);
    expect(files['src/app.ts.new']).toBe((await newFiles(['--oauth']))['src/app.ts']);
    expect(stdout).toContain('It stays; the new version is src/app.ts.new.');
  });

  it('is not put where something is', async () => {
    const directory = await conflicting();
    writeFileSync(join(directory, 'src/app.ts.new'), 'mine');
    const before = filesOf(directory);
    const { status, stderr } = await change(directory, [...login, '--conflicts', 'keep']);
    expect([status, stderr]).toEqual([1, expect.stringContaining('src/app.ts.new is there')]);
    expect(filesOf(directory)).toEqual(before);
  });

  it('is a file of one’s own where a new one would be', async () => {
    const directory = await makeProject();
    writeFileSync(join(directory, 'OAUTH.md'), 'mine\n');
    const { status, stderr } = await change(directory, login);
    expect([status, stderr]).toEqual([1, expect.stringContaining('you have one of your own')]);
    await change(directory, [...login, '--conflicts', 'keep']);
    expect(filesOf(directory)['OAUTH.md']).toBe('mine\n');
  });

  it('is a link in its place; it is never followed', async () => {
    const directory = await makeProject();
    const outside = join(directory, '..', 'outside.md');
    writeFileSync(outside, 'mine');
    rmSync(join(directory, 'AGENTS.md'));
    symlinkSync(outside, join(directory, 'AGENTS.md'));
    const { stderr } = await change(directory, login);
    expect(stderr).toContain('AGENTS.md: A link or a directory is in its place');
    await change(directory, [...login, '--conflicts', 'mark']);
    expect(readFileSync(outside, 'utf8')).toBe('mine');
    expect(filesOf(directory)['AGENTS.md']).toBe(`link to ${outside}`);
    expect(filesOf(directory)['AGENTS.md.new']).toBe((await newFiles(['--oauth']))['AGENTS.md']);
  });

  it('between values of package.json leaves the person’s', async () => {
    const directory = await makeProject();
    edit(directory, 'package.json', (text) => text.replace('dev/main.ts', 'dev/mine.ts'));
    const { status, stdout } = await change(directory, [...login, '--conflicts', 'keep']);
    expect(status).toBe(0);
    const scripts = JSON.parse(filesOf(directory)['package.json'] ?? '').scripts;
    expect(scripts).toMatchObject({ dev: expect.stringContaining('dev/mine.ts') });
    // Only what both changed is a conflict.
    expect(stdout).not.toContain('package.json.new');
  });
});

describe('what somebody removed', () => {
  it('stays removed', async () => {
    const directory = await makeProject();
    rmSync(join(directory, 'Dockerfile'));
    rmSync(join(directory, 'README.md'));
    const { status, stdout } = await change(directory, login);
    expect(status).toBe(0);
    expect(filesOf(directory)).not.toHaveProperty('Dockerfile');
    expect(filesOf(directory)).not.toHaveProperty('README.md');
    // The one is generated as before; of the other there is a new version.
    expect(stdout).toContain('Kept as they are:\n  README.md: you deleted it');
    expect(stdout).not.toContain('Dockerfile');
  });

  it('is no reason to make .env again', async () => {
    const directory = await makeProject(['--oauth']);
    rmSync(join(directory, '.env'));
    const { stdout } = await change(directory, ['add', 'provider', 'github']);
    expect(filesOf(directory)).not.toHaveProperty('.env');
    expect(stdout).toContain('cp .env.example .env');
  });
});

it('what is no longer generated stays if somebody changed it', async () => {
  const directory = await makeProject(['--oauth']);
  edit(directory, 'dev/user.ts', append('// mine'));
  const { stdout } = await change(directory, ['add', 'provider', 'github']);
  expect(filesOf(directory)['dev/user.ts']).toContain('// mine');
  expect(filesOf(directory)).not.toHaveProperty('dev/store.ts');
  expect(stdout).toContain('dev/user.ts: no longer generated, but you changed it');
});

it('what a tool of one’s own needs and loses is said', async () => {
  const directory = await makeProject(['--oauth']);
  await change(directory, ['add', 'tool', 'send-mail', '--scope', 'mail:send']);
  const { status, stdout } = await change(directory, [
    ...['add', 'provider', 'supabase', '--auth-mode', 'jwt', '--set', 'ref=abcdefghijklmnopqrst'],
  ]);
  expect(status).toBe(0);
  const notes = stdout.replace(/\s+/g, ' ');
  expect(notes).toContain(
    'src/tools/send-mail.ts imports src/auth/require-scope.ts, which goes: change it by hand.',
  );
  // Nothing that is generated imports what is not.
  expect(notes.match(/imports/g)).toHaveLength(1);
});

describe('.env', () => {
  it('is never written to; what to change in it is said', async () => {
    const directory = await makeProject();
    writeFileSync(join(directory, '.env'), 'PORT=4000\nOAUTH_CLIENT_SECRET=hunter2\n');
    const { stdout } = await change(directory, ['add', 'oauth', '--provider', 'github']);
    expect(filesOf(directory)['.env']).toBe('PORT=4000\nOAUTH_CLIENT_SECRET=hunter2\n');
    const [, block = ''] = /Put this into \.env:\n((?: {2}.*\n)+)/.exec(stdout) ?? [];
    expect(block).toContain('  OAUTH_ISSUER_URL=https://github.com/login/oauth\n');
    expect(block).not.toContain('PORT');
    expect(block).not.toContain('OAUTH_CLIENT_SECRET');
    expect(stdout).not.toContain('hunter2');
    expect(stdout).toContain('AUTH_SECRET is yours to make');
  });

  it('is made with a secret of its own where there was none', async () => {
    const directory = await makeProject();
    const randomBytes = (size: number) => Buffer.alloc(size, 7);
    await change(directory, ['add', 'oauth', '--provider', 'github'], { randomBytes });
    const secret = Buffer.alloc(32, 7).toString('base64url');
    expect(filesOf(directory)['.env']).toContain(`AUTH_SECRET=${secret}\n`);
  });
});

describe('the work tree', () => {
  const offline = [...login, '--no-install'];
  const inside = (cwd: string, args: readonly string[]) =>
    run(args, { cwd, templates: realTemplates });

  it('has to be clean', async () => {
    const directory = await makeProject();
    commit(directory);
    writeFileSync(join(directory, 'new.txt'), '');
    const { status, stderr } = await inside(directory, offline);
    expect([status, stderr]).toEqual([1, expect.stringContaining('are not committed')]);
    rmSync(join(directory, 'new.txt'));
    expect((await inside(directory, offline)).status).toBe(0);
  });

  it('has to be one, which knows the project', async () => {
    const directory = await makeProject();
    const before = filesOf(directory);
    const shown = await inside(directory, offline);
    expect([shown.status, shown.stderr]).toEqual([1, expect.stringContaining('Git does not know')]);
    // Ignored by the repository around it: nothing there is uncommitted.
    const parent = join(directory, '..');
    writeFileSync(join(parent, '.gitignore'), 'my-app/\n');
    commit(parent);
    expect((await inside(directory, offline)).status).toBe(1);
    expect(filesOf(directory)).toEqual(before);
  });

  it('may be as it likes for --dry-run, and for what only adds files', async () => {
    const directory = await makeProject();
    expect((await inside(directory, [...offline, '--dry-run'])).status).toBe(0);
    expect((await inside(directory, ['add', 'tool', 'x'])).status).toBe(0);
  });
});

it('a project in a part of a repository is changed, and nothing beside it', async () => {
  const directory = await makeProject();
  const parent = join(directory, '..');
  mkdirSync(join(parent, 'other'));
  writeFileSync(join(parent, 'other/a.txt'), 'a');
  commit(parent);
  writeFileSync(join(parent, 'other/a.txt'), 'uncommitted');
  const args = [...login, '--no-install'];
  expect((await run(args, { cwd: directory, templates: realTemplates })).status).toBe(0);
});
