// The way of a user: the published package, a real installation, the project's own commands, and a
// server that answers. It needs the registry.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import fs from 'fs-extra';
import { expect, it } from 'vitest';
import { connect } from '../support/client.js';
import { frameworkIds } from '../support/frameworks.js';
import { boot, createProject } from '../support/project.js';
import { startProvider } from '../support/provider.js';
import { packTool, runIn } from '../support/published.js';

it('installs, checks, tests, builds and serves', { timeout: 300_000 }, async () => {
  const parent = await fs.mkdtemp(join(await fs.realpath(tmpdir()), 'published-'));
  try {
    const tarball = await packTool(parent);
    const home = runIn(parent);
    await home('npm', 'init', '--yes');
    await home('npm', 'install', '--no-audit', '--no-fund', tarball);
    expect(await fs.readdir(join(parent, 'node_modules'))).toEqual([
      '.bin',
      '.package-lock.json',
      'create-mcp-server',
    ]);

    const { stdout } = await home('npx', 'create-mcp-server', 'my-app', '--oauth', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      name: 'my-app',
      options: { packageManager: 'npm' },
    });
    const directory = join(parent, 'my-app');
    const project = runIn(directory);
    expect((await project('git', 'status', '--porcelain')).stdout).toBe('');
    expect((await project('git', 'ls-files')).stdout.split('\n')).not.toContain('.env');
    await project('npm', 'ci', '--no-audit', '--no-fund');
    await project('npm', 'run', 'check');
    await project('npm', 'test');
    await project('npm', 'run', 'build');

    await using provider = await startProvider();
    await using server = await boot({ directory }, { OAUTH_ISSUER_URL: provider.issuer });
    const token = await provider.issueToken(server.url);
    const client = await connect(server.url, { token });
    expect((await client.callTool({ name: 'whoami', arguments: {} })).isError).toBeFalsy();
    await client.close();
  } finally {
    await fs.remove(parent);
  }
});

it.each(frameworkIds)(
  '%s serves with what it installs for production',
  async (framework) => {
    await using project = await createProject('--framework', framework);
    await project.run('tsc', '-p', 'tsconfig.build.json');
    const { directory } = project;
    // A link to the packages of this repository, which has more of them.
    await fs.unlink(join(directory, 'node_modules'));
    const install = ['install', '--omit=dev', '--no-audit', '--no-fund'];
    const { all } = await execa('npm', install, { cwd: directory, all: true });
    expect(all).not.toContain('EBADENGINE');
    await using server = await boot({ directory });
    const client = await connect(server.url);
    expect((await client.listTools()).tools).toHaveLength(1);
    await client.close();
  },
  60_000,
);
