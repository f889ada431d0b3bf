// A project of each package manager: made by the published package as that manager runs it, then
// installed, checked, tested and built as its workflow says, and served from what its image has.
// published.test.ts does the same with npm. It needs the registry.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fs from 'fs-extra';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packageManagers } from '../../src/package-manager.js';
import { connect } from '../support/client.js';
import { installManager, type TestedManager, testedManagers } from '../support/package-managers.js';
import { boot } from '../support/project.js';
import { startProvider } from '../support/provider.js';
import { packTool, runIn } from '../support/published.js';

const yarnVersion = testedManagers
  .find(({ id }) => id === 'yarn')
  ?.package.replace('@yarnpkg/cli-dist', 'yarn');

let parent: string;
let tarball: string;

beforeAll(async () => {
  parent = await fs.mkdtemp(join(await fs.realpath(tmpdir()), 'package-managers-'));
  tarball = await packTool(parent);
});

afterAll(() => fs.remove(parent));

it('are all tested', () => {
  expect(['npm', ...testedManagers.map(({ id }) => id)]).toEqual(
    packageManagers.map(({ id }) => id),
  );
});

it.each(testedManagers)('$id', { timeout: 300_000 }, async (manager) => {
  const known = packageManagers.find(({ id }) => id === manager.id) ?? packageManagers[0];
  const home = join(parent, manager.id);
  // Where CI is set they are stricter: about lockfiles, and where nobody can be asked.
  const env = { ...(await installManager(manager, join(home, 'manager'))), CI: 'true' };

  const directory = await make(manager, join(home, 'around'), env);
  const project = runIn(directory, env);
  const committed = (await project('git', 'ls-files')).stdout.split('\n');
  expect(committed).toContain(known.lockfile);
  expect(committed.filter((path) => /^\.(yarn|pnp)/.test(path))).toEqual(
    known.settings === '.yarnrc.yml' ? ['.yarnrc.yml'] : [],
  );
  const { packageManager } = await fs.readJson(join(directory, 'package.json'));
  expect(packageManager ?? known.id).toBe(known.id === 'yarn' ? yarnVersion : known.id);

  const steps = await readWorkflow(directory);
  expect(steps).toEqual([
    ...(known.workflow === '' ? [] : [known.workflow]),
    ...[known.ci, `${known.run} check`, known.test, `${known.run} build`].map(
      (line) => `run: ${line}`,
    ),
  ]);
  for (const step of steps.filter((step) => step !== known.workflow)) {
    await project('sh', '-c', step.replace('run: ', ''));
  }
  expect((await project('git', 'status', '--porcelain')).stdout).toBe('');

  const image = join(home, 'image');
  await buildImage(directory, image, env);
  await using provider = await startProvider();
  await using server = await boot({ directory: image }, { OAUTH_ISSUER_URL: provider.issuer });
  const client = await connect(server.url, { token: await provider.issueToken(server.url) });
  expect((await client.callTool({ name: 'whoami', arguments: {} })).isError).toBeFalsy();
  await client.close();
});

/** Lets a package manager run the tool, in a package that the project must not become a part of. */
async function make(
  { id, prepare, create }: TestedManager,
  around: string,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  await fs.outputJson(join(around, 'package.json'), { private: true });
  const run = runIn(around, env);
  const [preparer, ...preparation] = prepare?.(tarball) ?? [];
  if (preparer !== undefined) await run(preparer, ...preparation);
  const [runner = '', ...how] = create(tarball);
  const choices = ['--issuer', 'https://id.example.com', '--framework', 'fastify'];
  const { stdout } = await run(runner, ...how, 'my-app', ...choices, '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    ok: true,
    options: { packageManager: id },
    installed: true,
    committed: true,
  });
  return join(around, 'my-app');
}

/** The steps of the project's workflow, after those that every project has. */
async function readWorkflow(directory: string): Promise<string[]> {
  const workflow = await fs.readFile(join(directory, '.github/workflows/ci.yml'), 'utf8');
  const [, steps = ''] = workflow.split('node-version: 24\n');
  return steps
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^ {6}- /, ''));
}

/** Does what the Dockerfile does, but for getting the package manager: what there is then is served. */
async function buildImage(directory: string, image: string, env: NodeJS.ProcessEnv) {
  const dockerfile = await fs.readFile(join(directory, 'Dockerfile'), 'utf8');
  const [, stage = ''] = dockerfile.split('AS dependencies\n');
  const [, files = ''] = /^COPY (package\.json .+) \.\/$/m.exec(stage) ?? [];
  const [, install = ''] = /^RUN (.+)\n\n/m.exec(stage) ?? [];
  for (const file of files.split(' ')) await fs.copy(join(directory, file), join(image, file));
  const run = runIn(image, env);
  await run('sh', '-c', install);
  await fs.copy(join(directory, 'dist'), join(image, 'dist'));
  expect(await fs.pathExists(join(image, 'node_modules/vitest'))).toBe(false);
  // Fastify itself would take a newer one: the project says otherwise, in each one's own way.
  const { stdout } = await run('node', '--print', versionOf('light-my-request', 'fastify'));
  expect(stdout).toMatch(/^6\.6\./);
}

/** An expression for the version of a package as another one finds it. */
function versionOf(name: string, dependent: string): string {
  const path = `fs.realpathSync('node_modules/${dependent}')`;
  return `require(require.resolve('${name}/package.json', { paths: [${path}] })).version`;
}
