import { describe, expect, it } from 'vitest';
import { mergeManifests } from '../src/manifest.js';
import { packageManagers } from '../src/package-manager.js';
import { planFiles } from '../src/plan.js';
import { renderPlan } from '../src/render.js';
import type { Layer } from '../src/templates.js';

const layer = (name: string, files: Record<string, string>): Layer => ({
  name,
  files: new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)])),
});

const context = {
  name: 'my-app',
  command: 'npx it',
  pm: packageManagers[0],
  framework: 'Hono',
};

const render = async (...layers: Layer[]) => {
  const { files } = await renderPlan(planFiles(layers), context);
  return Object.fromEntries(files.map(({ path, contents }) => [path, contents.toString()]));
};

describe('plan', () => {
  it('restores names and drops the suffix of templates', () => {
    const plan = planFiles([
      layer('a', {
        _gitignore: '',
        '_github/workflows/ci.yml': '',
        'README.md.hbs': '',
        '_env.hbs': '',
        'src/__tests__.ts': '',
      }),
    ]);
    expect(plan.files.map(({ path, template }) => [path, template])).toEqual([
      ['.env', true],
      ['.github/workflows/ci.yml', false],
      ['.gitignore', false],
      ['README.md', true],
      ['src/._tests__.ts', false],
    ]);
  });

  it('keeps partials and manifests apart', () => {
    const plan = planFiles([
      layer('a', { 'package.json': '{}', '_partials/one.hbs': '1' }),
      layer('b', { 'package.json': '{}', '_partials/two.hbs': '2' }),
    ]);
    expect(plan.files).toEqual([]);
    expect([...plan.partials.keys()]).toEqual(['one', 'two']);
    expect(plan.manifests.map((manifest) => manifest.layer)).toEqual(['a', 'b']);
  });

  it('puts a layer into a folder, but not its manifest and its slots', () => {
    const files = { '_x/y.ts': '', 'package.json': '{}', '_partials/one.hbs': '1' };
    const plan = planFiles([{ ...layer('a', files), into: 'dev' }, layer('b', { 'y.ts': '' })]);
    expect(plan.files.map(({ path }) => path)).toEqual(['dev/.x/y.ts', 'y.ts']);
    expect([...plan.partials.keys()]).toEqual(['one']);
    expect(plan.manifests.map(({ path }) => path)).toEqual(['package.json']);
  });

  it.each([
    ['README.md', 'README.md', 'README.md'],
    ['README.md', 'README.md.hbs', 'README.md'],
    ['_gitignore', '.gitignore', '.gitignore'],
    ['_partials/slot.hbs', '_partials/slot.hbs', 'slot'],
  ])('refuses %s in one layer and %s in another', (one, other, key) => {
    expect(() => planFiles([layer('a', { [one]: '' }), layer('b', { [other]: '' })])).toThrow(
      `The layers "a" and "b" both have "${key}"`,
    );
  });

  it.each([
    ['../x', 'it contains ".."'],
    ['/etc/x', 'it is absolute'],
    ['C:/x', 'it names a drive'],
    ['a\\b', 'it contains a backslash'],
    ['a\u0000', '"a\\u0000" contains a control character'],
    ['src/nul', '"nul" is a reserved name on Windows'],
  ])('refuses %j', (path, problem) => {
    expect(() => planFiles([layer('a', { [path]: '' })])).toThrow(
      `The layer "a" has a path that must not be written, "${path}": ${problem}`,
    );
  });
});

/** As in a workflow of GitHub: Handlebars must not see it. */
const workflow = ['$', '{{ secrets.TOKEN }} {{name}}'].join('');

describe('render', () => {
  it('fills in values without escaping and copies the rest as it is', async () => {
    expect(
      await render(
        layer('a', {
          'a.md.hbs': "{{name}} <&'> {{pm.run}} dev{{#if pm.setup}} setup{{/if}}",
          'b.yml': workflow,
        }),
      ),
    ).toMatchObject({
      'a.md': "my-app <&'> npm run dev",
      'b.yml': workflow,
    });
  });

  it('does not escape values', async () => {
    const { files } = await renderPlan(planFiles([layer('a', { 'a.hbs': '{{command}}' })]), {
      ...context,
      command: `npx it 'a&b' "<c>"`,
    });
    expect(files[0]?.contents.toString()).toBe(`npx it 'a&b' "<c>"`);
  });

  it('takes a slot from whichever layer defines it', async () => {
    expect(
      await render(
        layer('a', { 'a.hbs': 'x\n{{> slot}}\ny\n' }),
        layer('b', { '_partials/slot.hbs': '{{name}}\n' }),
      ),
    ).toMatchObject({ a: 'x\nmy-app\ny\n' });
  });

  it.each([
    ['{{nmae}}', '"nmae" not defined'],
    ['{{pm.instal}}', '"instal" not defined'],
    ['{{env.issuer}}', '"issuer" not defined'],
    ['{{> nowhere}}', 'The partial nowhere could not be found'],
    ['{{#unles name}}x{{/unles}}', 'unknown helper unles'],
    ['{{#if}}', 'Parse error'],
  ])('refuses %s', async (template, reason) => {
    await expect(render(layer('a', { 'x.md.hbs': template }))).rejects.toThrow(
      new RegExp(`^The template of x\\.md in "a": [^]*${reason}`),
    );
  });

  it('keeps bytes that are not text', async () => {
    const bytes = Buffer.from([0x89, 0x50, 0xff, 0x00]);
    const plan = planFiles([{ name: 'a', files: new Map([['logo.png', bytes]]) }]);
    const { files } = await renderPlan(plan, context);
    expect(files[0]?.contents).toEqual(bytes);
  });

  it('writes the manifest like npm does', async () => {
    expect(
      await render(
        layer('a', { 'package.json': '{"scripts":{"b":"1"},"dependencies":{"z":"1"}}' }),
        layer('b', {
          'package.json': '{"private":true,"scripts":{"a":"2"},"dependencies":{"@a/b":"2"}}',
        }),
      ),
    ).toEqual({
      'package.json': `{
  "name": "my-app",
  "private": true,
  "scripts": {
    "b": "1",
    "a": "2"
  },
  "dependencies": {
    "@a/b": "2",
    "z": "1"
  }
}
`,
    });
  });
});

describe('manifest', () => {
  it('orders keys as people expect, unknown ones last', () => {
    const merged = mergeManifests('x', [
      { zed: 1, devDependencies: {}, type: 'module', version: '0.1.0', engines: {}, scripts: {} },
    ]);
    expect(Object.keys(merged)).toEqual([
      'name',
      'version',
      'type',
      'engines',
      'scripts',
      'devDependencies',
      'zed',
    ]);
  });

  it('joins arrays, accepts equal values, and puts the name over a fragment’s own', () => {
    expect(
      mergeManifests('x', [
        { name: 'template', files: ['a'], type: 'module' },
        { files: ['b'], type: 'module' },
      ]),
    ).toEqual({ name: 'x', files: ['a', 'b'], type: 'module' });
  });

  it.each([
    [{ type: 'module' }, { type: 'commonjs' }, 'type'],
    [{ scripts: { dev: 'a' } }, { scripts: { dev: 'b' } }, 'scripts.dev'],
    [{ files: ['a'] }, { files: 'a' }, 'files'],
    [{ bin: {} }, { bin: 'x' }, 'bin'],
  ])('refuses %j with %j', (one, other, key) => {
    expect(() => mergeManifests('x', [one, other])).toThrow(
      `Two layers set "${key}" in package.json to different values`,
    );
  });

  it('changes none of its fragments', () => {
    const fragments = [{ scripts: { a: '1' } }, { scripts: { b: '2' } }];
    mergeManifests('x', fragments);
    expect(fragments).toEqual([{ scripts: { a: '1' } }, { scripts: { b: '2' } }]);
  });
});
