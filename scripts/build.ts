/**
 * Bundles src/ into dist/, so that the published package has no runtime dependencies and starts
 * as fast as one file loads. Code that only some runs need (prompts, child processes) is imported
 * lazily in src/ and becomes chunks of its own here.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { precompileTemplates } from './precompile.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const noticesFile = 'THIRD-PARTY-LICENSES';

let precompiled = false;
const precompile: Plugin = {
  name: 'precompile',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/]precompiled\.ts$/ }, () => {
      precompiled = true;
      return { contents: precompileTemplates(`${root}/templates`) };
    });
  },
};

const { metafile, outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: { index: 'src/entry.ts' },
  outdir: 'dist',
  write: false,
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  charset: 'utf8',
  legalComments: 'none',
  // Handlebars loads source-map only to emit source maps, and has its own fallback without it.
  alias: { 'source-map': './scripts/empty.cjs' },
  // Bundled CommonJS packages require Node's own modules.
  banner: {
    js: "import{createRequire as cmsRequire}from'node:module';const require=cmsRequire(import.meta.url);",
  },
  plugins: [precompile],
  metafile: true,
  logLevel: 'warning',
});

if (!precompiled) throw new Error('src/precompiled.ts is not part of the bundle');

await mkdir(`${root}/dist`, { recursive: true });
for (const { path, contents } of outputFiles) await replace(path, Buffer.from(contents));

// What is bundled is distributed: its licences have to come along.
const packages = new Set(
  Object.keys(metafile.inputs).flatMap(
    (path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [],
  ),
);
const notices = await Promise.all(
  [...packages].sort().map(async (name) => {
    const directory = `${root}/node_modules/${name}`;
    const { version, license } = JSON.parse(await readFile(`${directory}/package.json`, 'utf8'));
    const file = (await readdir(directory)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? '' : await readFile(`${directory}/${file}`, 'utf8');
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  }),
);
await replace(`${root}/dist/${noticesFile}`, Buffer.from(notices.join(`\n${'-'.repeat(80)}\n\n`)));

// Chunks of earlier builds go last, so that the command can be used at any time.
const current = new Set([
  noticesFile,
  ...Object.keys(metafile.outputs).map((path) => basename(path)),
]);
for (const entry of await readdir(`${root}/dist`)) {
  if (!current.has(entry)) await rm(`${root}/dist/${entry}`);
}

/**
 * Writes a file at once, and only if it differs: others may use, pack or build the same at this
 * moment.
 */
async function replace(path: string, contents: Buffer): Promise<void> {
  const existing = await readFile(path).catch(() => undefined);
  if (existing?.equals(contents)) return;
  const part = `${root}/node_modules/.${basename(path)}.${process.pid}`;
  await writeFile(part, contents);
  await rename(part, path);
}
