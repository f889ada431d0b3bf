/** What is published, and how it starts. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const bin = join(root, 'bin/create-mcp-server.js');

describe('package', () => {
  it('holds every template, and what starts it', { timeout: 30_000 }, async () => {
    // Not by node:child_process: on Windows npm is no program but npm.cmd.
    const pack = execa('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root });
    const packed: string[] = JSON.parse((await pack).stdout)[0].files.map(
      ({ path }: { path: string }) => path,
    );
    const templates = readdirSync(join(root, 'templates'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'));

    const schemas = ['schema/options.schema.json', 'schema/output.schema.json'];
    expect(templates).toContain('templates/base/_gitignore.hbs');
    expect(packed).toEqual(
      expect.arrayContaining([...templates, ...schemas, 'bin/create-mcp-server.js', 'LICENSE']),
    );
    expect(packed.filter((path) => /^(src|test|scripts)\//.test(path))).toEqual([]);
  });

  it('needs no other package', () => {
    expect(manifest).not.toHaveProperty('dependencies');
    expect(manifest).not.toHaveProperty('peerDependencies');
    expect(manifest).not.toHaveProperty('optionalDependencies');
  });

  it('names no registry in its lockfile', () => {
    expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toContain('"resolved"');
  });
});

it('type-checks every combination of templates', () => {
  const projects = readdirSync(join(root, 'templates')).filter((name) => /^tsconfig\./.test(name));
  const checked = manifest.scripts['check:templates'].split(' && ');
  expect(checked.sort()).toEqual(projects.map((name) => `tsc -p templates/${name}`).sort());
});

describe('bin', () => {
  it('is committed as npm leaves it, so that installing changes nothing', () => {
    const output = execFileSync('git', ['ls-files', '--stage', bin], { cwd: root });
    expect(output.toString()).toMatch(/^100755 /);
  });

  it('begins with a line that systems read, without the CR of Windows', () => {
    expect(readFileSync(bin, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  const start = (version: string) =>
    spawnSync(
      process.execPath,
      [
        '--import',
        `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'${version}'})`,
        bin,
        '--version',
      ],
      { encoding: 'utf8' },
    );

  it('checks the version that package.json asks for', () => {
    const [, major, minor] = /^>=(\d+)\.(\d+)$/.exec(manifest.engines.node) ?? [];
    expect(readFileSync(bin, 'utf8')).toContain(`[${major}, ${minor}]`);
  });

  it.each(['4.9.1', '18.20.0', '20.18.3'])('refuses Node %s', (version) => {
    expect(start(version)).toMatchObject({
      status: 1,
      stdout: '',
      stderr: `create-mcp-server needs Node.js 20.19 or newer; this is ${version}.\nInstall a current version from https://nodejs.org and run the command again.\n`,
    });
  });
});
