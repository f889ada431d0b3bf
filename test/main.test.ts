import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTemporaryDirectory, snapshotTree } from './support/directory.js';
import { run } from './support/world.js';

const offline = ['--no-install', '--no-git'];

describe('scaffolding', () => {
  it('writes the project and says how to go on', async () => {
    const { status, cwd, stdout, stderr } = await run(['my-app', '--oauth', ...offline]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(`✔ Created my-app in ${join(cwd, 'my-app')}: 11 files, 0.0 s

Next steps:
  cd my-app
  npm install
  npm run dev
  npm test

OAuth: OAUTH.md explains how it works and how to switch to your provider.

To make the same project again:
  npx create-mcp-server my-app --oauth --package-manager npm
`);
    expect(snapshotTree(cwd)).toMatchObject({
      'my-app/.gitignore': 'node_modules/\n.env\n',
      'my-app/.env':
        'PORT=3000\nOAUTH_ISSUER_URL=http://localhost:3001\nOAUTH_AUDIENCE=http://localhost:3000/mcp\nOAUTH_SCOPES=mcp:use\n',
      'my-app/README.md':
        '# my-app\n\nMade by `npx create-mcp-server my-app --oauth --package-manager npm`.\n\nProtected by OpenID Connect.\nRun `npm run dev`.\n',
      'my-app/src/index.ts': "export const greeting = '{{ not a template }}';\n",
    });
  });

  it('speaks the language of the package manager', async () => {
    const { stdout } = await run(['my-app', '--package-manager', 'bun', ...offline]);
    expect(stdout).toContain('  cd my-app\n  bun install\n  bun run dev\n  bun run test\n');
    expect(stdout).not.toContain('OAUTH.md');
  });

  it('goes beside the current directory', async () => {
    const root = makeTemporaryDirectory();
    mkdirSync(join(root, 'here'));
    const { status, stdout } = await run(['../my-app', ...offline], { cwd: join(root, 'here') });
    expect(status).toBe(0);
    expect(stdout).toContain('  cd ../my-app\n');
    expect(stdout).toContain('npx create-mcp-server ../my-app --package-manager npm');
    expect(readFileSync(join(root, 'my-app/README.md'), 'utf8')).toContain(
      '`npx create-mcp-server my-app --package-manager npm`',
    );
  });

  it.each([[[]], [['.git']]])('takes the current directory if it holds %j', async (entries) => {
    const cwd = join(makeTemporaryDirectory(), 'my-app');
    mkdirSync(cwd);
    for (const entry of entries) mkdirSync(join(cwd, entry));
    const { status, stdout } = await run(['.', ...offline], { cwd });
    expect(status).toBe(0);
    expect(stdout).toContain('Next steps:\n  npm install\n');
    expect(JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'))).toMatchObject({
      name: 'my-app',
      scripts: { dev: 'tsx watch src/index.ts' },
      dependencies: { hono: '^4.0.0', zod: '^4.0.0' },
    });
  });

  it('has no colours without a terminal, nor with NO_COLOR', async () => {
    const escapes = '\u001b[';
    const { stdout } = await run(['my-app', '--dry-run']);
    expect(stdout).not.toContain(escapes);
  });
});

describe('a target that is taken', () => {
  const occupied = () => {
    const cwd = makeTemporaryDirectory();
    mkdirSync(join(cwd, 'my-app/src'), { recursive: true });
    for (const file of ['README.md', 'a', 'b', 'c', 'd', 'src/mine.ts']) {
      writeFileSync(join(cwd, 'my-app', file), 'mine');
    }
    return cwd;
  };

  it.each([[[]], [['--dry-run']]])('is left alone, %j', async (more) => {
    const cwd = occupied();
    const before = snapshotTree(cwd);
    const { status, stderr } = await run(['my-app', ...offline, ...more], { cwd });
    expect(status).toBe(1);
    expect(stderr).toBe(
      `✘ ${join(cwd, 'my-app')} is not empty.\n  It holds README.md, a, b, c, d and 1 more.\n  Choose another directory, or add --overwrite to replace the files that a new project has too.\n`,
    );
    expect(snapshotTree(cwd)).toEqual(before);
  });

  it('is overwritten on request, each file named and others kept', async () => {
    const cwd = occupied();
    const { status, stdout } = await run(['my-app', '--overwrite', ...offline], { cwd });
    expect(status).toBe(0);
    expect(stdout).toContain('\nReplaced:\n  README.md\n\n');
    const after = snapshotTree(join(cwd, 'my-app'));
    expect(after['README.md']).toContain('# my-app');
    expect(after).toMatchObject({ a: 'mine', 'src/mine.ts': 'mine', 'src/app.ts': 'export {};\n' });
  });

  it('names in a dry run what would be replaced', async () => {
    const cwd = occupied();
    const { stdout } = await run(['my-app', '--overwrite', '--dry-run'], { cwd });
    expect(stdout).toContain('\nWould replace:\n  README.md\n\n');
  });

  it.each([
    ['a link', (path: string) => symlinkSync(makeTemporaryDirectory(), path)],
    ['a file', (path: string) => writeFileSync(path, '')],
  ])('is refused where %s stands for a directory', async (_, place) => {
    const cwd = occupied();
    rmSync(join(cwd, 'my-app/src'), { recursive: true });
    place(join(cwd, 'my-app/src'));
    const before = snapshotTree(cwd);
    const { status, stderr } = await run(['my-app', '--overwrite', ...offline], { cwd });
    expect(status).toBe(1);
    expect(stderr).toContain('✘ "src" is in the way of "src/access.ts".\n');
    expect(snapshotTree(cwd)).toEqual(before);
  });

  it.each([
    ['a file', (path: string) => writeFileSync(path, '')],
    ['a broken link', (path: string) => symlinkSync('/nowhere', path)],
  ])('is refused if it is %s', async (_, place) => {
    const cwd = makeTemporaryDirectory();
    place(join(cwd, 'my-app'));
    for (const directory of ['my-app', 'my-app/inside']) {
      const { status, stderr } = await run([directory, '--overwrite', '--no-install', '--no-git'], {
        cwd,
      });
      if (directory === 'my-app') {
        expect(stderr).toBe(
          `✘ ${join(cwd, 'my-app')} cannot become a directory.\n  The path, or a part of it, is a file or a broken link.\n  Choose another directory, or move what is there.\n`,
        );
      }
      expect(status).toBe(1);
    }
  });
});

describe('--dry-run', () => {
  it('shows the plan and writes nothing', async () => {
    const { status, cwd, stdout } = await run(['my-app', '--dry-run']);
    expect(status).toBe(0);
    expect(snapshotTree(cwd)).toEqual({});
    expect(stdout).toBe(`Would create my-app in ${join(cwd, 'my-app')}: 8 files, 474 bytes

Files:
  .env.example    36
  .gitignore      19
  Dockerfile      24
  README.md      113
  package.json   212
  src/access.ts   11
  src/app.ts      11
  src/index.ts    48

Dependencies:
  hono ^4.0.0
  zod ^4.0.0

Nothing was written.
`);
  });
});

describe('--json', () => {
  const parse = (stdout: string) => JSON.parse(stdout);

  it('prints the result', async () => {
    const { status, cwd, stdout, stderr } = await run(['my-app', '--json', '--oauth', ...offline]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(parse(stdout)).toMatchObject({
      ok: true,
      name: 'my-app',
      directory: join(cwd, 'my-app'),
      command: 'npx create-mcp-server my-app --oauth --package-manager npm',
      framework: 'hono',
      packageManager: 'npm',
      oauth: {
        provider: 'oidc',
        mode: 'jwt',
        development: true,
        issuer: 'http://localhost:3001',
        audience: 'http://localhost:3000/mcp',
        scopes: ['mcp:use'],
      },
      files: expect.arrayContaining(['.env', 'package.json']),
      replaced: [],
      installed: false,
      committed: false,
      notes: [],
      next: ['cd my-app', 'npm install', 'npm run dev', 'npm test'],
    });
  });

  it('prints the plan', async () => {
    const { stdout } = await run(['my-app', '--json', '--dry-run']);
    expect(parse(stdout)).toMatchObject({
      ok: true,
      dryRun: true,
      oauth: null,
      files: expect.arrayContaining([{ path: '.gitignore', size: 19 }]),
      dependencies: { hono: '^4.0.0', zod: '^4.0.0' },
      devDependencies: {},
    });
  });

  it.each([
    [['--json'], 2, 'DIRECTORY_MISSING'],
    [['--json', '--frobnicate'], 2, 'OPTION_UNKNOWN'],
    [['a', 'b', '--json'], 2, 'ARGUMENTS_EXCESS'],
    [['--json', '--issuer'], 2, 'OPTION_INVALID'],
    [['Bad', '--json'], 2, 'NAME_REFUSED'],
    [['providers', 'acme', '--json'], 2, 'OPTION_INVALID'],
  ])('prints the error of %j', async (argv, status, code) => {
    const result = await run(argv);
    expect(result).toMatchObject({ status, stderr: '' });
    expect(parse(result.stdout)).toEqual({
      ok: false,
      error: {
        code,
        message: expect.any(String),
        why: expect.any(String),
        fix: expect.any(String),
      },
    });
  });

  it('prints presets', async () => {
    expect(parse((await run(['providers', '--json'])).stdout).providers[0].id).toBe('oidc');
    expect(parse((await run(['providers', 'oidc', '--json'])).stdout).provider.id).toBe('oidc');
  });
});

describe('providers', () => {
  it('lists presets', async () => {
    expect(await run(['providers'])).toMatchObject({
      status: 0,
      stdout: 'oidc  any OpenID Connect provider that issues JWT access tokens\n',
    });
  });

  it('explains one', async () => {
    const { status, stdout } = await run(['providers', 'oidc']);
    expect(status).toBe(0);
    expect(stdout).toContain(
      'npx create-mcp-server my-mcp-server --provider oidc --issuer https://id.example.com\n',
    );
  });

  it('says which there are', async () => {
    expect(await run(['providers', 'acme'])).toMatchObject({
      status: 2,
      stdout: '',
      stderr:
        '✘ There is no provider "acme".\n  This version knows oidc.\n  Use oidc, or leave the option out.\n',
    });
  });
});

describe('mistakes of the program', () => {
  const broken = { templates: '/nowhere' };

  it('are reported as such', async () => {
    const { status, stdout, stderr } = await run(['my-app', ...offline], broken);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('This is a mistake in create-mcp-server, not in what you did.');
    expect(stderr).not.toContain('    at ');
  });

  it('come with a stack on request', async () => {
    const { stderr } = await run(['my-app', ...offline], {
      ...broken,
      env: { DEBUG: 'create-mcp-server' },
    });
    expect(stderr).toContain('    at ');
    expect(stderr).toContain('ENOENT');
  });
});
