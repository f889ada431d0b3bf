/** What happens after writing, with programs of our own in place of package managers. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../src/main.js';
import { makeTemporaryDirectory } from './support/directory.js';
import { createFixtureTemplates, createWorld, run } from './support/world.js';

const nameless = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  HOME: '/nowhere',
};
const named = {
  ...nameless,
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
};

/** A PATH with nothing but these shell scripts, and what is linked from the system. */
function pathWith(scripts: Record<string, string>, linked: string[] = []): string {
  const path = makeTemporaryDirectory();
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(path, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(path, name), 0o755);
  }
  for (const name of linked) {
    symlinkSync(
      execFileSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim(),
      join(path, name),
    );
  }
  return path;
}

const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', args, { cwd, encoding: 'utf8', env: { ...process.env, ...nameless } }).trim();

describe.skipIf(process.platform === 'win32')('install', () => {
  it('runs the package manager in the project, its output on stderr', async () => {
    const PATH = pathWith({
      pnpm: 'echo "$0 $*" > ran; pwd >> ran; echo progress; echo warning >&2',
    });
    const { status, cwd, stdout, stderr } = await run(
      ['my-app', '--no-git', '--json', '--package-manager', 'pnpm'],
      { env: { PATH } },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: 'progress\nwarning\n' });
    expect(readFileSync(join(cwd, 'my-app/ran'), 'utf8')).toBe(
      `${PATH}/pnpm install\n${join(cwd, 'my-app')}\n`,
    );
    expect(JSON.parse(stdout)).toMatchObject({
      installed: true,
      notes: [],
      next: [{ command: 'pnpm run dev' }, { command: 'pnpm test' }],
    });
  });

  it('keeps the project if it fails', async () => {
    const PATH = pathWith({ npm: 'echo no network >&2; exit 7' });
    const { status, cwd, stdout, stderr } = await run(['my-app', '--no-git'], { env: { PATH } });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toBe(
      `no network\n✘ npm install failed.\n  It ended with exit status 7. Its output is above.\n  The project itself is complete, in ${join(cwd, 'my-app')}. To go on: cd my-app && npm install\n`,
    );
    expect(existsSync(join(cwd, 'my-app/package.json'))).toBe(true);
  });

  it('says that there is no repository if there was to be one', async () => {
    const PATH = pathWith({ npm: 'exit 7' });
    const { cwd, stderr } = await run(['my-app'], { env: { PATH } });
    expect(stderr).toContain(
      `The project itself is complete, in ${join(cwd, 'my-app')}, but no repository was made. To go on: cd my-app && npm install\n`,
    );
  });

  it('tells how it ended if there is no exit status', async () => {
    const why = async (PATH: string) => {
      const { stdout } = await run(['my-app', '--json'], { env: { PATH } });
      return JSON.parse(stdout).error.why;
    };
    expect(await why(pathWith({ npm: 'kill -9 $$' }))).toBe(
      'It was ended by SIGKILL. Its output is above.',
    );
    const PATH = pathWith({ npm: '' });
    chmodSync(join(PATH, 'npm'), 0o644);
    expect(await why(PATH)).toBe('It could not be started: spawn npm EACCES.');
  });

  it('says so if the package manager is missing', async () => {
    const { status, cwd, stdout } = await run(['my-app', '--no-git', '--json'], {
      env: { PATH: pathWith({}), npm_config_user_agent: 'yarn/1.22.22' },
    });
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      kind: 'error',
      error: {
        code: 'PACKAGE_MANAGER_MISSING',
        message: 'yarn was not found',
        why: 'It is not installed, or not on the PATH.',
        fix: `Install yarn, or use another one. The project itself is complete, in ${join(cwd, 'my-app')}. To go on: cd my-app && yarn install`,
        exitStatus: 1,
        option: '--package-manager',
        command: 'cd my-app && yarn install',
      },
    });
  });

  it('ends with 130 if it is stopped, and keeps the project', async () => {
    const controller = new AbortController();
    const world = createWorld(['my-app'], {
      env: { PATH: pathWith({ npm: 'echo started; exec sleep 60' }, ['sleep']) },
      signal: controller.signal,
    });
    world.stderr.on('text', () => {
      if (world.stderr.text.includes('started')) controller.abort();
    });
    expect(await main(world)).toBe(130);
    expect(world.stderr.text).toContain(
      'but no repository was made. To go on: cd my-app && npm install\n',
    );
    expect(existsSync(join(world.cwd, 'my-app/package.json'))).toBe(true);
  });

  it('shows a spinner on a terminal, and the end of the output if it fails', async () => {
    const lines = 'i=0; while [ $i -lt 30 ]; do i=$((i+1)); echo line $i; done';
    const world = createWorld(['my-app', '--no-git'], {
      env: { PATH: pathWith({ npm: `${lines}; exit 1` }) },
    });
    world.stderr.isTTY = true;
    expect(await main(world)).toBe(1);
    expect(world.stderr.text).toContain('Installing dependencies with npm');
    expect(world.stderr.text).not.toContain('line 10\n');
    expect(world.stderr.text).toContain('line 11\n');
    expect(world.stderr.text).toContain('line 30\n');
  });
});

describe.skipIf(process.platform === 'win32')('git', () => {
  const scaffold = (env: NodeJS.ProcessEnv, ...more: string[]) =>
    run(['my-app', '--oauth', '--no-install', ...more], {
      env: { PATH: process.env.PATH, ...env },
    });

  it('makes a first commit without secrets', async () => {
    const { status, cwd, stdout } = await scaffold(named);
    const project = join(cwd, 'my-app');
    expect(status).toBe(0);
    expect(stdout).not.toMatch(/git|No /);
    expect(git(project, 'log', '--format=%an <%ae> %s %D')).toBe(
      'Ada <ada@example.com> Create my-app with create-mcp-server HEAD -> main',
    );
    expect(git(project, 'status', '--porcelain')).toBe('');
    const committed = git(project, 'ls-files').split('\n');
    expect(committed).toContain('.env.example');
    expect(committed).not.toContain('.env');
    expect(existsSync(join(project, '.env'))).toBe(true);
  });

  it('never commits .env, even if nothing ignores it', async () => {
    const templates = createFixtureTemplates();
    writeFileSync(join(templates, 'base/_gitignore'), 'node_modules/\n');
    const { cwd } = await run(['my-app', '--oauth', '--no-install'], {
      templates,
      env: { PATH: process.env.PATH, ...named },
    });
    const project = join(cwd, 'my-app');
    expect(git(project, 'ls-files').split('\n')).not.toContain('.env');
    expect(existsSync(join(project, '.env'))).toBe(true);
  });

  it('commits under another name if it knows none, and says so', async () => {
    const { cwd, stdout } = await scaffold(nameless);
    expect(git(join(cwd, 'my-app'), 'log', '--format=%an')).toBe('create-mcp-server');
    expect(stdout).toContain('git does not know your name');
  });

  it('runs no hooks, signs nothing, and is not led astray by an outer repository', async () => {
    const template = makeTemporaryDirectory();
    mkdirSync(join(template, 'hooks'));
    writeFileSync(join(template, 'hooks/pre-commit'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const config = join(makeTemporaryDirectory(), 'config');
    writeFileSync(
      config,
      `[init]\ntemplateDir = ${template}\n[core]\nhooksPath = ${template}/hooks\n[commit]\ngpgSign = true\n[gpg]\nprogram = false\n`,
    );
    const { cwd, stdout } = await scaffold({
      ...named,
      GIT_CONFIG_GLOBAL: config,
      GIT_TEMPLATE_DIR: template,
      GIT_DIR: '/nowhere/.git',
      GIT_INDEX_FILE: '/nowhere/index',
    });
    expect(stdout).not.toMatch(/git|No /);
    expect(git(join(cwd, 'my-app'), 'log', '--format=%s')).toBe(
      'Create my-app with create-mcp-server',
    );
    expect(existsSync(join(cwd, 'my-app/.git/hooks'))).toBe(false);
  });

  it('is skipped inside a work tree', async () => {
    const cwd = makeTemporaryDirectory();
    git(cwd, 'init', '--quiet');
    const { status, stdout } = await run(['my-app', '--no-install'], {
      cwd,
      env: { PATH: process.env.PATH, ...named },
    });
    expect(status).toBe(0);
    expect(stdout).toContain(
      '  No repository was made: the directory is inside a git work tree already.\n',
    );
    expect(existsSync(join(cwd, 'my-app/.git'))).toBe(false);
  });

  it('is skipped where other files would be committed too', async () => {
    const cwd = makeTemporaryDirectory();
    mkdirSync(join(cwd, 'my-app'));
    writeFileSync(join(cwd, 'my-app/private.key'), '');
    const { stdout } = await run(['my-app', '--no-install', '--overwrite'], {
      cwd,
      env: { PATH: process.env.PATH, ...named },
    });
    expect(stdout).toContain('No repository was made: the directory held other files before.');
    expect(existsSync(join(cwd, 'my-app/.git'))).toBe(false);
  });

  it('is skipped if it is missing', async () => {
    const { status, stdout } = await scaffold({ PATH: pathWith({}) });
    expect(status).toBe(0);
    expect(stdout).toContain('No repository was made: git is not installed.');
  });

  it('fails without failing the command', async () => {
    const { status, stdout } = await scaffold({
      PATH: pathWith({ git: 'echo broken >&2; exit 3' }),
    });
    expect(status).toBe(0);
    expect(stdout).toContain('No first commit was made. git said: broken');
  });
});
