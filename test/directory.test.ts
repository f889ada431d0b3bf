import { describe, expect, it } from 'vitest';
import { parseDirectory } from '../src/directory.js';
import { thrownBy } from './support/thrown.js';

const around = { cwd: '/work/here', home: '/home/somebody' };

describe.skipIf(process.platform === 'win32')('directory', () => {
  it.each([
    ['my-app', '/work/here/my-app', 'my-app'],
    ['./my-app/', '/work/here/my-app', 'my-app'],
    ['../my-app', '/work/my-app', 'my-app'],
    ['/srv/my-app', '/srv/my-app', 'my-app'],
    ['deep/er/my-app', '/work/here/deep/er/my-app', 'my-app'],
    ['.', '/work/here', 'here'],
    ['@scope/my-app', '/work/here/@scope/my-app', 'my-app'],
    ['/home/somebody/my-app', '/home/somebody/my-app', 'my-app'],
  ])('%s is %s', (directory, target, name) => {
    expect(parseDirectory(directory, around)).toEqual({ directory, target, name });
  });

  it.each([
    ['', 'The directory is empty', 'The project needs a place, and a name.'],
    ['  ', 'The directory is empty', 'The project needs a place, and a name.'],
    ['/', '/ cannot become a project', 'It is the root of a file system.'],
    ['../..', '/ cannot become a project', 'It is the root of a file system.'],
    ['/home/somebody', '/home/somebody cannot become a project', 'It is your home directory.'],
    ['/home/somebody/', '/home/somebody cannot become a project', 'It is your home directory.'],
    ['con', 'The directory "con" cannot be used', '"con" is a reserved name on Windows.'],
    [
      'nul/my-app',
      'The directory "nul/my-app" cannot be used',
      '"nul" is a reserved name on Windows.',
    ],
    ['com1.d', 'The directory "com1.d" cannot be used', '"com1.d" is a reserved name on Windows.'],
    [
      'my-app.',
      'The directory "my-app." cannot be used',
      '"my-app." ends with a dot or a space, which Windows drops.',
    ],
    [
      'my-app ',
      'The directory "my-app " cannot be used',
      '"my-app " ends with a dot or a space, which Windows drops.',
    ],
    [
      './-rf',
      'The directory "./-rf" cannot be used',
      '"-rf" starts with "-", which commands take for an option.',
    ],
    [
      'a\u0007b',
      'The directory "a\\u0007b" cannot be used',
      '"a\\u0007b" contains a control character.',
    ],
    [
      'a\\b',
      'The directory "a\\\\b" cannot be used',
      '"a\\b" contains a character that Windows refuses.',
    ],
  ])('refuses %j', (directory, what, why) => {
    expect(thrownBy(() => parseDirectory(directory, around))).toMatchObject({
      code: 'DIRECTORY_REFUSED',
      exitStatus: 2,
      what,
      why,
    });
  });

  it('refuses a name that npm would refuse, and suggests one', () => {
    expect(thrownBy(() => parseDirectory('MyApp', around))).toEqual({
      code: 'NAME_REFUSED',
      exitStatus: 2,
      what: '"MyApp" cannot be the name of an npm package',
      why: 'Name can no longer contain capital letters.',
      fix: 'Use another name, such as my-app.',
    });
  });

  it('judges the name of the current directory too', () => {
    const { what } = thrownBy(() => parseDirectory('.', { ...around, cwd: '/work/My Files' }));
    expect(what).toBe('"My Files" cannot be the name of an npm package');
  });

  it('does not judge directories that the user did not type', () => {
    expect(parseDirectory('my-app', { ...around, cwd: '/work/aux' }).target).toBe(
      '/work/aux/my-app',
    );
  });
});
