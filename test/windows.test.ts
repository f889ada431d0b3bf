/** Paths as Windows and macOS have them, on any system. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import { quoteHere } from '../src/command.js';
import { parseDirectory } from '../src/directory.js';
import { readProjectAddress } from '../src/doctor/project-address.js';
import { unifyLines } from '../src/lines.js';
import { planFiles } from '../src/plan.js';
import { loadLayers } from '../src/templates.js';
import { writeProject } from '../src/write.js';
import { makeTemporaryDirectory } from './support/directory.js';
import { thrownBy } from './support/thrown.js';
import { WindowsDisk } from './support/windows-disk.js';

const around = { cwd: 'C:\\Work\\here', home: 'C:\\Users\\Somebody' };

describe('a directory on Windows', () => {
  const parse = (directory: string) => parseDirectory(directory, around, win32);

  it.each([
    ['my-app', 'C:\\Work\\here\\my-app', 'my-app'],
    ['.\\my-app\\', 'C:\\Work\\here\\my-app', 'my-app'],
    ['./my-app/', 'C:\\Work\\here\\my-app', 'my-app'],
    ['..\\my-app', 'C:\\Work\\my-app', 'my-app'],
    ['deep\\er/my-app', 'C:\\Work\\here\\deep\\er\\my-app', 'my-app'],
    ['.', 'C:\\Work\\here', 'here'],
    ['D:\\my-app', 'D:\\my-app', 'my-app'],
    ['d:/code/my-app', 'd:\\code\\my-app', 'my-app'],
    ['\\my-app', 'C:\\my-app', 'my-app'],
    ['\\\\server\\share\\my-app', '\\\\server\\share\\my-app', 'my-app'],
    ['\\\\?\\C:\\my-app', '\\\\?\\C:\\my-app', 'my-app'],
    ['//server/share/my-app', '\\\\server\\share\\my-app', 'my-app'],
    ['C:\\Users\\Somebody\\my-app', 'C:\\Users\\Somebody\\my-app', 'my-app'],
  ])('%s is %s', (directory, target, name) => {
    expect(parse(directory)).toEqual({ directory, target, name });
  });

  it.each([
    ['C:\\', 'C:\\ cannot become a project', 'It is the root of a file system.'],
    ['\\', 'C:\\ cannot become a project', 'It is the root of a file system.'],
    ['..\\..', 'C:\\ cannot become a project', 'It is the root of a file system.'],
    [
      '\\\\server\\share',
      '\\\\server\\share\\ cannot become a project',
      'It is the root of a file system.',
    ],
    [
      'C:\\Users\\Somebody',
      'C:\\Users\\Somebody cannot become a project',
      'It is your home directory.',
    ],
    [
      'c:\\users\\SOMEBODY\\',
      'c:\\users\\SOMEBODY cannot become a project',
      'It is your home directory.',
    ],
    ...['C:my-app', 'D:my-app', 'C:', 'd:..\\my-app'].map((directory) => [
      directory,
      `The directory ${JSON.stringify(directory)} cannot be used`,
      'It names a drive, and not where on it.',
    ]),
    ...[
      ['CON', '"CON" is a reserved name on Windows.'],
      ['nul\\my-app', '"nul" is a reserved name on Windows.'],
      ['D:\\aux.txt', '"aux.txt" is a reserved name on Windows.'],
      ['com1.d\\my-app', '"com1.d" is a reserved name on Windows.'],
      ['my-app.', '"my-app." ends with a dot or a space, which Windows drops.'],
      ['deep \\my-app', '"deep " ends with a dot or a space, which Windows drops.'],
      ['my-app:stream', '"my-app:stream" contains a character that Windows refuses.'],
      ['what?\\my-app', '"what?" contains a character that Windows refuses.'],
    ].map(([directory, why]) => [
      directory,
      `The directory ${JSON.stringify(directory)} cannot be used`,
      why,
    ]),
  ])('%j is refused', (directory = '', what, why) => {
    expect(thrownBy(() => parse(directory))).toMatchObject({ exitStatus: 2, what, why });
  });

  it('that names a drive only is said how to write', () => {
    expect(thrownBy(() => parse('D:my-app')).fix).toBe('Write it in full, such as D:\\my-app.');
    expect(thrownBy(() => parse('D:')).fix).toBe('Write it in full, such as D:\\my-mcp-server.');
  });
});

describe('"~" is a directory to nobody but a shell', () => {
  it.each([
    ['~', win32, 'Write it in full: C:\\Users\\Somebody'],
    ['~\\code\\my-app', win32, 'Write it in full: C:\\Users\\Somebody\\code\\my-app'],
    ['~/code/my-app', win32, 'Write it in full: C:\\Users\\Somebody\\code\\my-app'],
    ['~/code/my-app', posix, 'Write it in full: /home/somebody/code/my-app'],
    ['~else/my-app', posix, 'Write it in full.'],
  ])('%s', (directory, path, fix) => {
    const home = path === win32 ? around.home : '/home/somebody';
    const cwd = path === win32 ? around.cwd : '/work';
    expect(thrownBy(() => parseDirectory(directory, { cwd, home }, path))).toMatchObject({
      code: 'DIRECTORY_REFUSED',
      fix,
    });
  });

  it('unless it is below another one', () => {
    expect(parseDirectory('./~/a', { cwd: '/work', home: '/home' }, posix).target).toBe(
      '/work/~/a',
    );
  });
});

describe('cd', () => {
  it.each([
    ['..\\my-app', '..\\my-app'],
    ['D:\\code\\my-app', 'D:\\code\\my-app'],
    ['..\\my files\\my-app', '"..\\my files\\my-app"'],
    ['a&b\\my-app', '"a&b\\my-app"'],
  ])('%s is quoted for cmd.exe and PowerShell: %s', (directory, quoted) => {
    expect(quoteHere(directory, 'win32')).toBe(quoted);
  });

  it('is quoted for a POSIX shell elsewhere', () => {
    expect(quoteHere("it's", 'darwin')).toBe("'it'\\''s'");
  });
});

describe('writing on Windows', () => {
  const files = [
    { path: '.env', contents: Buffer.from('new') },
    { path: 'README.md', contents: Buffer.from('new') },
    { path: 'src/auth/gate.ts', contents: Buffer.from('new') },
  ];
  const write = (disk: WindowsDisk, target: string, state: 'absent' | 'occupied') =>
    writeProject({ target, state, files, signal: new AbortController().signal }, disk, win32);

  it('makes directories with backslashes', async () => {
    const disk = new WindowsDisk('C:\\Work');
    expect(await write(disk, 'C:\\Work\\deep\\my-app', 'absent')).toEqual([]);
    expect(disk.files).toEqual({
      'C:\\Work\\deep\\my-app\\.env': 'new',
      'C:\\Work\\deep\\my-app\\README.md': 'new',
      'C:\\Work\\deep\\my-app\\src\\auth\\gate.ts': 'new',
    });
  });

  it('goes to shares', async () => {
    const disk = new WindowsDisk('\\\\server\\share\\');
    await write(disk, '\\\\server\\share\\my-app', 'absent');
    expect(Object.keys(disk.files)).toContain('\\\\server\\share\\my-app\\src\\auth\\gate.ts');
  });

  it('replaces a file that is written with other capital letters, and keeps secrets', async () => {
    const disk = new WindowsDisk('C:\\my-app\\SRC');
    for (const name of ['Readme.MD', '.ENV', 'mine.txt']) {
      disk.writeFileSync(`C:\\my-app\\${name}`, Buffer.from('old'));
    }
    expect(await write(disk, 'C:\\my-app', 'occupied')).toEqual([]);
    expect(disk.files).toEqual({
      'C:\\my-app\\.ENV': 'old',
      'C:\\my-app\\README.md': 'new',
      'C:\\my-app\\mine.txt': 'old',
      'C:\\my-app\\src\\auth\\gate.ts': 'new',
    });
  });

  it('ends where there is no such drive', async () => {
    const disk = new WindowsDisk('C:\\Work');
    await expect(write(disk, 'Z:\\deep\\my-app', 'absent')).rejects.toMatchObject({
      code: 'WRITE_FAILED',
      fix: expect.stringContaining('The disk is as it was before.'),
    });
    expect(disk.files).toEqual({});
  });
});

describe('templates', () => {
  it('may have been checked out with CRLF', () => {
    const root = makeTemporaryDirectory();
    mkdirSync(join(root, 'base'));
    writeFileSync(join(root, 'base/a.ts'), 'a\r\nb\n\r\nü\r');
    writeFileSync(join(root, 'base/b.png'), Buffer.from('\0a\r\nb'));
    const [layer] = loadLayers(root, ['base']);
    expect(layer?.files.get('a.ts')?.toString()).toBe('a\nb\n\nü\r');
    expect(layer?.files.get('b.png')?.toString()).toBe('\0a\r\nb');
  });

  it('that have no CRLF are not copied', () => {
    const contents = Buffer.from('a\nb\r');
    expect(unifyLines(contents)).toBe(contents);
  });

  it.each([
    ['README.md', 'Readme.md'],
    ['src/Auth.ts', 'src/auth.ts'],
    ['gr\u00fcn.md', 'gru\u0308n.md'],
  ])('must not be told apart by what others do not see: %s and %s', (one, other) => {
    const layer = (name: string, path: string) => ({
      name,
      files: new Map([[path, Buffer.from('')]]),
    });
    expect(() => planFiles([layer('a', one), layer('b', other)])).toThrow(
      `The layers "a" and "b" both have "${other}"`,
    );
  });
});

it('nothing is run by a shell, which is another one on Windows', () => {
  const roots = ['../src', '../templates'].map((path) => new URL(path, import.meta.url));
  const sources = roots.flatMap((root) =>
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.ts(\.hbs)?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.includes('node_modules')),
  );
  const shells = /\bshell: *(true|'|")|(?<![.\w])exec(Sync|aCommand)?\(/;
  expect(sources.length).toBeGreaterThan(200);
  expect(sources.filter((path) => shells.test(readFileSync(path, 'utf8')))).toEqual([]);
});

it('a .env with CRLF is read', () => {
  const cwd = makeTemporaryDirectory();
  writeFileSync(join(cwd, '.env'), 'PORT=4000\r\nPUBLIC_URL=\r\n# End\r\n');
  expect(readProjectAddress(cwd, {})).toBe('http://localhost:4000/mcp');
  writeFileSync(join(cwd, '.env'), 'PUBLIC_URL=https://a.example\r\nPORT=1\r\n');
  expect(readProjectAddress(cwd, {})).toBe('https://a.example/mcp');
});
