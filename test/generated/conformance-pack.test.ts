// Generated servers pass every case of the conformance pack, with each framework and both ways to check tokens.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { frameworks } from '../../src/frameworks.js';
import { createProject } from '../support/project.js';
import { run } from '../support/world.js';

// Below those that the system gives to connections: it has to be free at each start of the server.
let nextPort = 20_000 + Math.floor(Math.random() * 10_000);

/** The command itself, in the directory of a built project. */
async function test(tokens: 'jwt' | 'opaque', ...options: string[]) {
  await using project = await createProject(...options);
  await project.run('tsc', '-p', 'tsconfig.build.json');
  const url = `http://localhost:${nextPort++}/mcp`;
  const argv = ['conformance', url, '--json', '--tokens', tokens, '--junit', 'junit.xml'];
  const command = ['--', process.execPath, 'dist/index.js'];
  const { status, stdout, stderr } = await run([...argv, ...command], { cwd: project.directory });
  const { ok, passed, cases, error } = JSON.parse(stdout);
  expect(error).toBeUndefined();
  const junit = readFileSync(join(project.directory, 'junit.xml'), 'utf8');
  const others: { id: string; reason?: string }[] = cases.filter(
    ({ outcome }: { outcome: string }) => outcome !== 'passed',
  );
  return { options, status, stderr, ok, passed, others, junit };
}

// At the same time: a new key is looked for ten seconds after the last look, by the server's own clock.
it('every case passes', { timeout: 180_000 }, async () => {
  const runs = await Promise.all([
    ...frameworks.map(({ id }) => test('jwt', '--oauth', '--framework', id)),
    test('opaque', '--auth-mode', 'introspection', '--issuer', 'https://login.example.com'),
  ]);
  for (const { options, status, stderr, ok, passed, others, junit } of runs) {
    const failed = others.filter(({ reason }) => reason !== 'Only tokens that are JWTs have it.');
    expect({ options, failed, status, stderr, ok }).toEqual({
      options,
      failed: [],
      status: 0,
      stderr: '',
      ok: true,
    });
    expect(junit.match(/<testcase /g)).toHaveLength(passed + others.length);
    expect(junit).not.toContain('<failure');
  }
  const counts = runs.map(({ others }) => others.length);
  expect(counts).toEqual([...frameworks.map(() => 0), expect.any(Number)]);
});
