// How `npm run dev` keeps its server: reloaded on change, and never left behind.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const serverProcess = new URL('../templates/dev-idp/dev/server-process.ts', import.meta.url).href;

/** Says what happens to it; takes a moment to shut down, like a server with a running request. */
const server = (version: string) => `
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {
  console.log(signal + ' ${version}');
  setTimeout(() => process.exit(signal === 'SIGINT' ? 7 : 0), 100);
});
console.log('up ${version} ' + process.pid);
setInterval(() => {}, 1000);
`;

let directory: string;
let dev: ChildProcess;
let output: string;
let check: () => void;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'server-process-'));
  mkdirSync(join(directory, 'src'));
  writeFileSync(
    join(directory, 'main.mts'),
    `import { runServer } from '${serverProcess}';
     process.exit(await runServer('src/index.js', (line) => console.log(line)));`,
  );
  output = '';
  check = () => {};
});

afterEach(() => {
  dev.kill('SIGKILL');
  rmSync(directory, { recursive: true });
});

function write(file: string, content: string): void {
  writeFileSync(join(directory, file), content);
}

function start(): void {
  dev = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), 'main.mts'], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const collect = (chunk: Buffer) => {
    output += chunk;
    check();
  };
  dev.stdout?.on('data', collect);
  dev.stderr?.on('data', collect);
}

/** Waits until the output matches; the test's own time limit ends the waiting. */
function seen(pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve) => {
    check = () => {
      const found = pattern.exec(output);
      if (found) resolve(found);
    };
    check();
  });
}

function ended(): Promise<number | null> {
  return new Promise((resolve) => dev.once('close', resolve));
}

async function endOf(pid: string | undefined): Promise<void> {
  for (;;) {
    try {
      process.kill(Number(pid), 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

// Windows has no signals to test with.
describe.skipIf(process.platform === 'win32')('the server of `npm run dev`', () => {
  it('starts again when its source changes, however the editor writes', async () => {
    write('src/index.js', server('one'));
    start();
    await seen(/up one/);

    write('src/index.js', server('two'));
    await seen(/SIGTERM one[\s\S]*up two/);

    write('src/next', server('three'));
    renameSync(join(directory, 'src/next'), join(directory, 'src/index.js'));
    await seen(/up three/);

    // Watching recursively with Node would have lost the file here.
    write('src/index.js', server('four'));
    await seen(/up four/);

    mkdirSync(join(directory, 'src/tools'));
    write('src/tools/new.js', '');
    await seen(/src\/tools\/new\.js changed[\s\S]*up four/);

    rmSync(join(directory, 'src/tools'), { recursive: true });
    mkdirSync(join(directory, 'src/tools'));
    write('src/tools/again.js', '');
    await seen(/src\/tools\/again\.js changed[\s\S]*up four/);

    write('.env', 'LOG_LEVEL=debug');
    await seen(/\.env changed[\s\S]*up four/);
  });

  it('may be broken for a while', async () => {
    write('src/index.js', server('one'));
    start();
    await seen(/up one/);
    write('src/index.js', 'process.exit(3)');
    await seen(/The server ended \(status 3\); waiting for a change/);
    write('src/index.js', server('two'));
    await seen(/up two/);
  });

  it('gives its status when it cannot even start', async () => {
    write('src/index.js', 'process.exit(3)');
    start();
    expect(await ended()).toBe(3);
  });

  it('gets a signal once, may finish, and gives its status', async () => {
    write('src/index.js', server('one'));
    start();
    const [, pid] = await seen(/up one (\d+)/);
    dev.kill('SIGINT');
    expect(await ended()).toBe(7);
    expect(output.match(/SIGINT one/g)).toHaveLength(1);
    await endOf(pid);
  });

  it('does not outlive `npm run dev`, even when that is killed', async () => {
    write('src/index.js', server('one'));
    start();
    const [, pid] = await seen(/up one (\d+)/);
    dev.kill('SIGKILL');
    await endOf(pid);
  });
});
