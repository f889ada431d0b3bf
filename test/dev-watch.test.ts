// How `npm run dev` keeps its server: started again on change, and never left behind.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProject, freePort } from './support/project.js';

const main = fileURLToPath(new URL('../templates/dev-watch/dev/main.ts', import.meta.url));
const node = [process.execPath, '--import', import.meta.resolve('tsx')];

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
  mkdirSync(join(directory, 'dev'));
  write('dev/run.ts', "import '../src/index.js';");
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

function start(command = [...node, main], cwd = directory, env: Record<string, string> = {}): void {
  const [file = '', ...args] = command;
  dev = spawn(file, args, {
    cwd,
    env: { PATH: process.env.PATH, ...env },
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

  it('waits for a change when it cannot even start', async () => {
    write('src/index.js', 'process.exit(3)');
    start();
    await seen(/The server ended \(status 3\); waiting for a change/);
    write('src/index.js', server('one'));
    await seen(/up one/);
  });

  it('waits for nobody in production, and gives its status', async () => {
    write('src/index.js', 'process.exit(3)');
    start([...node, main], directory, { NODE_ENV: 'production' });
    expect(await ended()).toBe(3);
  });

  it('has the settings that are mended while it waits, and those that change later', async () => {
    await using project = await createProject();
    const configure = (settings: string) =>
      writeFileSync(join(project.directory, '.env'), settings);
    const [port, otherPort] = [await freePort(), await freePort()];
    configure('PORT=none');
    start([...node, 'dev/main.ts'], project.directory);
    await seen(/PORT must be a port number[\s\S]*waiting for a change/);
    rmSync(join(project.directory, '.env'));
    configure(`PORT=${port}`);
    await seen(new RegExp(`\\.env changed[\\s\\S]*localhost:${port}/mcp`));
    configure(`PORT=${otherPort}`);
    await seen(new RegExp(`Shutting down[\\s\\S]*localhost:${otherPort}/mcp`));
    expect((await fetch(`http://localhost:${otherPort}/health`)).status).toBe(200);
    dev.kill('SIGTERM');
    expect(await ended()).toBe(0);
  });

  it('waits for the credentials of a provider', async () => {
    await using project = await createProject('--provider', 'google');
    start([...node, 'dev/main.ts'], project.directory);
    await seen(/OAUTH_CLIENT_ID is required[\s\S]*waiting for a change/);
    const file = join(project.directory, '.env');
    const settings = readFileSync(file, 'utf8');
    // The one that is still missing is reported, so the first has been read.
    writeFileSync(file, settings.replace('OAUTH_CLIENT_ID=', 'OAUTH_CLIENT_ID=client'));
    await seen(/\.env changed[\s\S]*not valid:\n {2}OAUTH_CLIENT_SECRET is required/);
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

  it('does not outlive a package manager that is told to end without it', async () => {
    write('src/index.js', server('one'));
    // A shell in between gets the signal and does not pass it on, like that of npm.
    const shell = ['sh', '-c', `'${[...node, main].join("' '")}'; exit 1`];
    start(shell, directory, { npm_lifecycle_event: 'dev' });
    const [, pid] = await seen(/up one (\d+)/);
    dev.kill('SIGTERM');
    await endOf(pid);
    expect(output).toContain('SIGTERM one');
  });

  it('has new settings and scopes when they change, and so has the identity provider', async () => {
    await using project = await createProject('--oauth');
    const [port, otherPort, idpPort] = [await freePort(), await freePort(), await freePort()];
    const issuer = `http://localhost:${idpPort}`;
    const configure = (number: number, scopes: string) =>
      writeFileSync(
        join(project.directory, '.env'),
        `PORT=${number}\nOAUTH_ISSUER_URL=${issuer}\nOAUTH_AUDIENCE=aud-${number}\nOAUTH_SCOPES=${scopes}`,
      );
    configure(port, 'mcp:use');
    start([...node, 'dev/main.ts'], project.directory);
    await seen(new RegExp(`MCP server at http://localhost:${port}/mcp`));
    expect(output).toContain(`[dev] Identity provider at ${issuer}`);

    const file = join(project.directory, 'src/auth/scopes.ts');
    const source = readFileSync(file, 'utf8');
    const added = "new Map([\n  ['mcp:fly', { description: 'Fly', implies: [] }],";
    writeFileSync(file, source.replace('new Map([', added));
    await seen(/scopes\.ts changed[\s\S]*MCP server at/);
    configure(otherPort, 'mcp:use mcp:swim');
    await seen(new RegExp(`MCP server at http://localhost:${otherPort}/mcp`));

    const args = [...node.slice(1), 'dev/token.ts', 'ada', 'mcp:fly'];
    const { stdout } = await execa(process.execPath, args, { cwd: project.directory });
    expect(decodeJwt(stdout)).toMatchObject({
      aud: `aud-${otherPort}`,
      scope: 'mcp:use mcp:swim mcp:fly',
    });

    configure(0, 'mcp:use');
    await seen(/PORT must be a port number[\s\S]*waiting for a change/);
    configure(port, 'mcp:use');
    await seen(new RegExp(`waiting for[\\s\\S]*MCP server at http://localhost:${port}/mcp`));
    dev.kill('SIGTERM');
    expect(await ended()).toBe(0);
    await expect(fetch(issuer)).rejects.toThrow('fetch failed');
  });

  it('takes the identity provider with it when it cannot start', async () => {
    await using project = await createProject('--oauth');
    const port = String(await freePort());
    // The port of the server is the identity provider's.
    start([...node, 'dev/main.ts'], project.directory, {
      PORT: port,
      OAUTH_ISSUER_URL: `http://localhost:${port}`,
    });
    await seen(new RegExp(`Port ${port} is already in use[\\s\\S]*waiting for a change`));
    await expect(fetch(`http://localhost:${port}`)).rejects.toThrow('fetch failed');
    expect(output).not.toContain('MCP server at');
  });
});
