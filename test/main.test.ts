import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { providers } from '../src/providers/index.js';
import { makeTemporaryDirectory, snapshotTree } from './support/directory.js';
import { acme, register } from './support/presets.js';
import { run } from './support/world.js';

register(acme);

const offline = ['--no-install', '--no-git'];

describe('scaffolding', () => {
  it('writes the project and says how to go on', async () => {
    const { status, cwd, stdout, stderr } = await run(['my-app', '--oauth', ...offline]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(`✔ Created my-app in ${join(cwd, 'my-app')}: 12 files, 0.0 s

Note:
  Commit package-lock.json after the first install: CI and Docker need it.

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

  it('fills in what a preset knows', async () => {
    const { cwd, stdout } = await run([
      ...['my-app', '--provider', 'roadrunner', '--set', 'domain=a.example', '--set', 'region=us'],
      ...offline,
    ]);
    const command =
      'npx create-mcp-server my-app --provider acme --set domain=a.example --set region=us --package-manager npm';
    expect(stdout).toContain('OAUTH.md explains how it works and what to do at your provider.\n');
    expect(stdout).toContain(`  ${command}\n`);
    expect(snapshotTree(cwd)).toMatchObject({
      'my-app/.env':
        'PORT=3000\nOAUTH_ISSUER_URL=https://a.example/us/\nOAUTH_AUDIENCE=http://localhost:3000/mcp\nOAUTH_SCOPES=acme:use openid\n',
      'my-app/README.md': `# my-app\n\nMade by \`${command}\`.\n\nProtected by Acme Identity.\nRun \`npm run dev\`.\n`,
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
      scripts: { dev: 'tsx dev/main.ts' },
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

  it('keeps its secrets, and says where the new settings are', async () => {
    const cwd = occupied();
    writeFileSync(join(cwd, 'my-app/.env'), 'SECRET=mine');
    const args = ['my-app', '--oauth', '--overwrite', ...offline];
    const note = '.env is kept as it is: .env.example has the new settings.';

    for (const { stdout } of [
      await run([...args, '--dry-run'], { cwd }),
      await run(args, { cwd }),
    ]) {
      expect(stdout).toMatch(/eplaced?:\n {2}README.md\n\n/);
      expect(stdout).toContain(`Note:\n  ${note}\n`);
    }
    const { stdout } = await run([...args, '--json'], { cwd });
    const { replaced, notes } = JSON.parse(stdout);
    expect(replaced).toContain('.env.example');
    expect(replaced).not.toContain('.env');
    expect(notes).toContain(note);
    const after = snapshotTree(join(cwd, 'my-app'));
    expect(after['.env']).toBe('SECRET=mine');
    expect(after['.env.example']).toContain('OAUTH_ISSUER_URL=');
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
    expect(stdout).toBe(`Would create my-app in ${join(cwd, 'my-app')}: 11 files, 1336 bytes

Files:
  .env.example             36
  .gitignore               19
  Dockerfile               24
  README.md               113
  create-mcp-server.json  832
  dev/main.ts              11
  dev/run.ts               26
  package.json            205
  src/access.ts            11
  src/app.ts               11
  src/index.ts             48

Dependencies:
  hono ^4.0.0
  zod ^4.0.0

Nothing was written.
`);
  });
});

describe('providers', () => {
  it('lists presets', async () => {
    const { status, stdout } = await run(['providers']);
    expect(status).toBe(0);
    const [header, ...rows] = stdout.split('\n\n')[0]?.split('\n') ?? [];
    expect(header).toMatch(/^ID +MODE +REGISTRATION +ASKS FOR +NAME$/);
    expect(rows.map((row) => row.split(' ', 1)[0])).toEqual(providers.map(({ id }) => id));
    expect(rows.at(-1)).toMatch(/^acme +jwt +CIMD, DCR +domain, region +Acme Identity$/);
  });

  it.each(['acme', 'acme-id'])('explains one: %s', async (id) => {
    const { status, stdout } = await run(['providers', id]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Acme Identity: the cloud of Acme\n/);
    expect(stdout).toContain(
      'npx create-mcp-server my-mcp-server --provider acme --set domain=shop.acme.example\n',
    );
  });

  it('names what looks like it', async () => {
    const ids = providers.map(({ id }) => id).join(', ');
    expect(await run(['providers', 'akme'])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: `✘ There is no provider "akme".\n  This version knows ${ids}.\n  Did you mean acme?\n`,
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
