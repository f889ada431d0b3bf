/**
 * Bundles src/ into dist/, so that the published package has no runtime dependencies and starts
 * as fast as one file loads. Code that only some runs need (prompts, child processes) is imported
 * lazily in src/ and becomes chunks of its own here.
 */
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

await rm(`${root}/dist`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { index: 'src/entry.ts' },
  outdir: 'dist',
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
  logLevel: 'warning',
});
