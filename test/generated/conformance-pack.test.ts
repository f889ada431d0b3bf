// Generated servers pass every case of the conformance pack, with each framework and both ways to check tokens.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { frameworks } from '../../src/frameworks.js';
import { createProject, freePort } from '../support/project.js';
import { realTemplates, run } from '../support/world.js';

/** The command itself, in the directory of a built project. */
async function test(tokens: string, ...options: string[]) {
  await using project = await createProject(...options);
  await project.run('tsc', '-p', 'tsconfig.build.json');
  const url = `http://localhost:${await freePort()}/mcp`;
  const argv = ['conformance', url, '--json', '--tokens', tokens, '--junit', 'junit.xml'];
  const command = ['--', process.execPath, 'dist/index.js'];
  const { status, stdout, stderr } = await run([...argv, ...command], {
    cwd: project.directory,
    templates: realTemplates,
  });
  const report = JSON.parse(stdout);
  const junit = readFileSync(join(project.directory, 'junit.xml'), 'utf8');
  return { status, stderr, report, junit };
}

const other = ({ outcome }: { outcome: string }) => outcome !== 'passed';

// A new key is looked for ten seconds after the last look, by the server's own clock.
describe.concurrent('every case passes', { timeout: 120_000 }, () => {
  it.each(frameworks.map(({ id }) => id))('JWTs, %s', async (framework) => {
    const { status, stderr, report, junit } = await test(
      'jwt',
      '--oauth',
      '--framework',
      framework,
    );
    expect(report.cases.filter(other)).toEqual([]);
    expect({ status, stderr, ok: report.ok }).toEqual({ status: 0, stderr: '', ok: true });
    expect(junit.match(/<testcase /g)).toHaveLength(report.passed);
    expect(junit).not.toContain('<failure');
  });

  it('opaque tokens', async () => {
    const { status, report } = await test('opaque', '--oauth', '--auth-mode', 'introspection');
    const rest: { reason: string }[] = report.cases.filter(other);
    expect([...new Set(rest.map(({ reason }) => reason))]).toEqual([
      'Only tokens that are JWTs have it.',
    ]);
    expect({ status, ok: report.ok }).toEqual({ status: 0, ok: true });
  });
});
