// Every generated project says what it imports, and this repository tests with the same versions.
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import fs from 'fs-extra';
import { describe, expect, it } from 'vitest';
import { createProject, repository } from '../support/project.js';
import { variants } from './variants.js';

/** Used by name in scripts and settings, or only for their types. */
const tools = [
  '@biomejs/biome',
  '@types/express',
  '@types/node',
  '@types/oidc-provider',
  'tsx',
  'typescript',
  'wrangler',
];

/** The packages that the TypeScript below `directory` imports. */
function importsBelow(directory: string): Set<string> {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  const specifiers = files
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(`${directory}/${path}`, 'utf8'))
    .flatMap((source) => [...source.matchAll(/(?:\bfrom |^import )'([^'.][^']*)';$/gm)])
    .map((match) => match[1] ?? '')
    .filter((name) => !/^(node|cloudflare):/.test(name) && !builtinModules.includes(name));
  return new Set(specifiers.map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/')));
}

/** What a package leaves to those who use it, and cannot do without. */
function peersOf(name: string): string[] {
  const { peerDependencies = {}, peerDependenciesMeta = {} } = fs.readJsonSync(
    `${repository}/node_modules/${name}/package.json`,
  );
  return Object.keys(peerDependencies).filter((peer) => !peerDependenciesMeta[peer]?.optional);
}

describe.each(variants)('the manifest of $name', ({ args }) => {
  it('has what is imported, where it is needed, and nothing else', async () => {
    await using project = await createProject(...args);
    const { dependencies, devDependencies } = await fs.readJson(
      `${project.directory}/package.json`,
    );
    const imported = importsBelow(`${project.directory}/src`);
    const inProduction = new Set([...imported, ...[...imported].flatMap(peersOf)]);
    expect(Object.keys(dependencies).sort()).toEqual([...inProduction].sort());

    const others = ['test', 'dev']
      .map((name) => `${project.directory}/${name}`)
      .filter((path) => fs.existsSync(path))
      .flatMap((path) => [...importsBelow(path)])
      .filter((name) => !inProduction.has(name));
    const expected = new Set([...others, ...tools.filter((name) => name in devDependencies)]);
    expect(Object.keys(devDependencies).sort()).toEqual([...expected].sort());
  });

  // No ^ and ~: cmd.exe, in which npm runs scripts on Windows, drops the one.
  it('runs this command in the versions that are like this one', async () => {
    await using project = await createProject(...args);
    const { version } = await fs.readJson(`${repository}/package.json`);
    const line = /^0\.\d+|^\d+/.exec(version)?.[0];
    const files = ['package.json', 'OAUTH.md']
      .map((name) => `${project.directory}/${name}`)
      .filter((path) => fs.existsSync(path));
    const texts = files.map((path) => readFileSync(path, 'utf8'));
    const named = texts.flatMap((text) => text.match(/create-mcp-server\S* doctor/g) ?? []);
    expect(new Set(named)).toEqual(new Set([`create-mcp-server@${line} doctor`]));
  });

  it('asks for the versions that are tested here', async () => {
    await using project = await createProject(...args);
    const manifest = await fs.readJson(`${project.directory}/package.json`);
    const { devDependencies: here, overrides } = await fs.readJson(`${repository}/package.json`);
    const asked = { ...manifest.dependencies, ...manifest.devDependencies };
    const tested = Object.fromEntries(Object.keys(asked).map((name) => [name, here[name]]));
    expect(asked).toEqual(tested);
    // npm and bun read the one, yarn the other.
    expect(manifest.resolutions).toEqual(manifest.overrides);
    expect(overrides).toMatchObject(manifest.overrides ?? {});
  });
});
