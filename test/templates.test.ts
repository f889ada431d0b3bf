/** The rules of templates/, over every file and every variant. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import { pieceLayers } from '../src/add/pieces.js';
import type { Flags } from '../src/cli.js';
import { createContext } from '../src/context.js';
import { frameworks } from '../src/frameworks.js';
import { selectLayers } from '../src/layers.js';
import { type Options, resolveOptions } from '../src/options.js';
import { packageManagers } from '../src/package-manager.js';
import { planFiles } from '../src/plan.js';
import { providers } from '../src/providers/index.js';
import type { Provider } from '../src/providers/types.js';
import { renderPlan } from '../src/render.js';
import { loadLayers } from '../src/templates.js';
import { given } from './support/flags.js';
import { realTemplates } from './support/world.js';

const sources = readdirSync(realTemplates, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.hbs'))
  .map((path) => [path, readFileSync(join(realTemplates, path), 'utf8')] as const);

const resolve = (flags: Partial<Flags>) =>
  resolveOptions(given(flags), { cwd: '/work', home: '/home', userAgent: undefined });

interface Variant {
  readonly name: string;
  readonly options: Options;
}

/** The variants of a preset: each of its modes, its variables being those of the examples. */
function variantsOf({ id, modes, variables }: Provider): Variant[] {
  const set = variables.map(({ name, example }) => `${name}=${example}`);
  return modes.map((mode) => ({
    name: `${id}, ${mode}`,
    options: resolve({
      provider: id,
      authMode: mode,
      set,
      // The development identity provider issues JWTs.
      ...(id === 'oidc' && mode !== 'jwt' && { issuer: 'https://id.example.com' }),
    }),
  }));
}

/** Every combination of options that selects layers. */
const variants: Variant[] = [
  { name: 'open', options: resolve({}) },
  { name: 'express', options: resolve({ framework: 'express' }) },
  { name: 'fastify', options: resolve({ framework: 'fastify' }) },
  { name: 'everything', options: resolve({ example: 'everything' }) },
  { name: 'a Worker', options: resolve({ deploy: 'cloudflare' }) },
  { name: 'a Worker for pnpm', options: resolve({ deploy: 'cloudflare', packageManager: 'pnpm' }) },
  { name: 'a Worker with a login', options: resolve({ oauth: true, deploy: 'cloudflare' }) },
  {
    name: 'a Worker that asks about tokens',
    options: resolve({
      issuer: 'https://id.example.com',
      authMode: 'introspection',
      deploy: 'cloudflare',
    }),
  },
  { name: 'a function', options: resolve({ deploy: 'vercel' }) },
  { name: 'a function with a login', options: resolve({ oauth: true, deploy: 'vercel' }) },
  { name: 'not deployed', options: resolve({ deploy: 'none' }) },
  { name: 'pnpm', options: resolve({ packageManager: 'pnpm' }) },
  { name: 'yarn', options: resolve({ packageManager: 'yarn' }) },
  { name: 'own issuer', options: resolve({ issuer: 'https://id.example.com' }) },
  ...providers.flatMap(variantsOf),
];

const plan = (options: Options) => planFiles(loadLayers(realTemplates, selectLayers(options)));

/** `a.b` for every value that a context holds. */
function pathsOf(value: object, prefix = ''): string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' ? pathsOf(inner, `${prefix}${key}.`) : [`${prefix}${key}`],
  );
}

const allowed = new Set(variants.flatMap(({ options }) => pathsOf(createContext(options))));
const blocks = new Set(['if', 'unless']);

/** Collects what a template refers to, and refuses what the rules of templates/ do not allow. */
class References extends Handlebars.Visitor {
  readonly unknown: string[] = [];
  readonly partials: string[] = [];
  #parameters(parameters: hbs.AST.Expression[]): void {
    for (const parameter of parameters) {
      if (parameter.type !== 'PathExpression') this.unknown.push(parameter.type);
      else this.#path(parameter as hbs.AST.PathExpression);
    }
  }
  #path({ original }: hbs.AST.PathExpression): void {
    if (!allowed.has(original)) this.unknown.push(original);
  }
  override MustacheStatement(node: hbs.AST.MustacheStatement): void {
    if (node.params.length > 0 || node.path.type !== 'PathExpression')
      this.unknown.push('a helper');
    else this.#path(node.path as hbs.AST.PathExpression);
  }
  override BlockStatement(node: hbs.AST.BlockStatement): void {
    if (!blocks.has(node.path.original as string)) this.unknown.push(String(node.path.original));
    this.#parameters(node.params);
    this.acceptKey(node, 'program');
    this.acceptKey(node, 'inverse');
  }
  override PartialStatement(node: hbs.AST.PartialStatement): void {
    if (node.name.type !== 'PathExpression' || node.params.length > 0)
      this.unknown.push('a dynamic partial');
    else this.partials.push((node.name as hbs.AST.PathExpression).original);
  }
  override acceptKey(node: object, key: string): void {
    const child = (node as Record<string, unknown>)[key];
    if (child) this.accept(child as hbs.AST.Node);
  }
}

function inspect(source: string): References {
  const references = new References();
  references.accept(Handlebars.parse(source));
  return references;
}

describe('template', () => {
  it.each(sources)('%s refers only to what the context holds', (_, source) => {
    expect(inspect(source).unknown).toEqual([]);
  });

  it.each([
    ['{{nmae}}', ['nmae']],
    ['{{#if pm.imge}}x{{/if}}', ['pm.imge']],
    ['{{#if pm.image}}{{pm.imge}}{{else}}{{x}}{{/if}}', ['pm.imge', 'x']],
    ['{{#each name}}x{{/each}}', ['each']],
    ['{{lookup name "x"}}', ['a helper']],
    ['{{> (x)}}', ['a dynamic partial']],
    ['{{pm}}', ['pm']],
  ])('a mistake such as %s would be noticed', (source, unknown) => {
    expect(inspect(source).unknown).toEqual(unknown);
  });
});

/** The names of the slots that the files of a variant have, those of their slots included. */
function slotsOf(options: Options): string[] {
  const { files, partials } = plan(options);
  const sources = files.filter(({ template }) => template).map(({ source }) => source);
  const slots = new Set<string>();
  for (const source of sources) {
    for (const slot of inspect(source.toString()).partials) {
      if (slots.has(slot)) continue;
      slots.add(slot);
      const partial = partials.get(slot);
      if (partial !== undefined) sources.push(partial.source);
    }
  }
  return [...slots];
}

it('every partial is used by a variant', () => {
  const defined = variants.flatMap(({ options }) => [...plan(options).partials.keys()]);
  const used = variants.flatMap(({ options }) => slotsOf(options));
  expect(new Set(used)).toEqual(new Set(defined));
});

it('every layer belongs to a variant, or can be added', () => {
  const layers = readdirSync(realTemplates, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const selected = variants
    .flatMap(({ options }) => selectLayers(options))
    .map((choice) => (typeof choice === 'string' ? choice : choice.layer));
  expect(layers.sort()).toEqual([...new Set([...selected, ...pieceLayers])].sort());
});

it.each(packageManagers)('the image has what $id installs from', async (manager) => {
  const { id, lockfile, settings } = manager;
  const options = resolve({ packageManager: id });
  const { files } = await renderPlan(plan(options), createContext(options));
  const text = (wanted: string) =>
    String(files.find(({ path }) => path === wanted)?.contents).split('\n');
  const known = ['pnpm-workspace.yaml', '.yarnrc.yml'];
  const present = files.map(({ path }) => path).filter((path) => known.includes(path));
  const needed = ['package.json', lockfile, ...present];
  expect(present).toEqual(settings === '' ? [] : [settings]);
  expect(text('.dockerignore')).toEqual(expect.arrayContaining(needed.map((path) => `!${path}`)));
  const copies = text('Dockerfile').filter((line) => line.startsWith('COPY package.json '));
  expect(copies.slice(0, 2)).toEqual(Array(2).fill(`COPY ${needed.join(' ')} ./`));
});

it('overrides the same for pnpm as for the others', async () => {
  for (const { id } of frameworks) {
    const options = resolve({ framework: id, packageManager: 'pnpm' });
    const { files, manifest } = await renderPlan(plan(options), createContext(options));
    const settings = String(files.find(({ path }) => path === 'pnpm-workspace.yaml')?.contents);
    const [, list = ''] = settings.split('overrides:\n');
    const overrides = [...list.matchAll(/^ {2}(\S+): (\S+)$/gm)].map(([, name, range]) => [
      name,
      range,
    ]);
    expect(overrides).toEqual(Object.entries(manifest.overrides ?? {}));
  }
});

describe.each(variants)('variant: $name', ({ options }) => {
  it('has every path in exactly one layer, and renders', async () => {
    const { files } = await renderPlan(plan(options), createContext(options));
    expect(files.map(({ path }) => path)).toEqual([...new Set(files.map(({ path }) => path))]);
    expect(files.length).toBeGreaterThan(10);
  });

  it('defines every slot it uses', () => {
    const { partials } = plan(options);
    expect(slotsOf(options).filter((slot) => !partials.has(slot))).toEqual([]);
  });

  it('leaves nothing of a template behind, for any package manager', async () => {
    const { files } = plan(options);
    const rendered = new Set(files.filter(({ template }) => template).map(({ path }) => path));
    for (const packageManager of packageManagers) {
      const project = await renderPlan(
        plan(options),
        createContext({ ...options, packageManager }),
      );
      for (const { path, contents } of project.files) {
        if (!rendered.has(path)) continue;
        expect(contents.toString(), path).not.toMatch(/(?<!\$)\{\{|undefined|\[object Object\]/);
      }
    }
  });
});
