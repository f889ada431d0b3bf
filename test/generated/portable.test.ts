// What every generated project must be, to be of use on Windows and macOS too.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/cli.js';
import { generateProject } from '../../src/generate.js';
import { resolveOptions } from '../../src/options.js';
import { repository } from '../support/project.js';
import { variants } from './variants.js';

const templates = join(repository, 'templates');

function generate(args: readonly string[], from = templates) {
  const request = parseArguments(['my-app', ...args], '1.0.0');
  if (request.kind !== 'scaffold') throw new Error('not a command that scaffolds');
  const around = { cwd: '/work', home: '/home', userAgent: undefined };
  const options = resolveOptions(request.flags, around);
  return generateProject(options, { templates: from, version: '1.0.0' });
}

/** The commands of a script; what is in double quotes is one word, as in cmd.exe. */
function commandsOf(script: string): string[][] {
  const words = script.match(/"[^"]*"|[^\s"]+/g) ?? [];
  return words
    .join('\n')
    .split('\n&&\n')
    .map((command) => command.split('\n'));
}

/** Says why cmd.exe would not run a script as sh does; undefined if it would. */
function windowsProblem(script: string): string | undefined {
  const bare = script.replaceAll(/"[^"]*"/g, '""').replaceAll(' && ', ' ');
  const odd = /[&|<>^%;'`$*?!(){}\\~]/.exec(bare);
  if (odd !== null) return `${odd[0]} means something else, or nothing`;
  if (/[%!$`\\]/.test(script)) return 'quotes do not keep everything as it is';
  for (const [program = ''] of commandsOf(script)) {
    if (program.includes('=')) return `${program} sets no variable`;
    // They come with Node or from node_modules/.bin, where npm puts a .cmd beside each.
    const known = [
      'node',
      'npm',
      'npx',
      'pnpm',
      'yarn',
      'bun',
      'tsc',
      'vitest',
      'biome',
      'tsx',
      'wrangler',
    ];
    if (!known.includes(program)) return `${program} may not be there`;
  }
  return undefined;
}

describe('the check of scripts', () => {
  it.each([
    ['node dist/index.js', undefined],
    ['tsc && biome check', undefined],
    ['npx -y "a@^2"', undefined],
    ['npx -y a@^2', '^ means something else, or nothing'],
    ['NODE_ENV=production node x', 'NODE_ENV=production sets no variable'],
    ['rm -rf dist', 'rm may not be there'],
    ['tsc && cp a b', 'cp may not be there'],
    ["node -e 'x'", "' means something else, or nothing"],
    ['node x & node y', '& means something else, or nothing'],
    ['vitest run test/*.ts', '* means something else, or nothing'],
    ['node "$X"', 'quotes do not keep everything as it is'],
    ['./x.sh', './x.sh may not be there'],
  ])('%s: %s', (script, problem) => {
    expect(windowsProblem(script)).toBe(problem);
  });
});

let converted: string;
beforeAll(() => {
  converted = mkdtempSync(join(tmpdir(), 'crlf-'));
  cpSync(templates, converted, {
    recursive: true,
    filter: (path) => !path.includes('node_modules'),
  });
  for (const entry of readdirSync(converted, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile()) continue;
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('\n', '\r\n'));
  }
});

afterAll(() => rmSync(converted, { recursive: true, force: true }));

describe.each(variants)('$name', ({ args }) => {
  it('has scripts that run in cmd.exe too', async () => {
    const { manifest } = await generate(args);
    const scripts = manifest.scripts as Record<string, string>;
    expect(Object.keys(scripts)).toContain('dev');
    for (const [name, script] of Object.entries(scripts)) {
      expect(windowsProblem(script), `${name}: ${script}`).toBeUndefined();
    }
  });

  it('has short paths, and no two that differ by capital letters', async () => {
    const { files } = await generate(args);
    const paths = files.map(({ path }) => path);
    // Of the 260 that Windows has without settings, most are for where people put it.
    expect(paths.filter((path) => path.length > 80)).toEqual([]);
    const directories = paths.flatMap((path) =>
      path.split('/').map((_, index, all) => all.slice(0, index + 1).join('/')),
    );
    const distinct = new Set(directories);
    const folded = new Set([...distinct].map((path) => path.normalize('NFC').toLowerCase()));
    expect(folded.size).toBe(distinct.size);
  });

  it('is the same, byte for byte, from templates with CRLF', async () => {
    const { files } = await generate(args);
    const again = await generate(args, converted);
    const differing = files.filter(
      ({ contents }, index) => !again.files[index]?.contents.equals(contents),
    );
    expect(differing.map(({ path }) => path)).toEqual([]);
    expect(again.files.length).toBe(files.length);
    expect(files.filter(({ contents }) => contents.includes('\r'))).toEqual([]);
  });

  it('tells git to keep line ends', async () => {
    const { files } = await generate(args);
    const attributes = files.find(({ path }) => path === '.gitattributes');
    expect(attributes?.contents.toString()).toMatch(/^\* text=auto eol=lf$/m);
  });
});
