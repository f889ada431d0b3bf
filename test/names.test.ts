import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packageNameProblem, planPathProblem, segmentProblem, suggestName } from '../src/names.js';

describe('path segments', () => {
  it.each(['my-app', '.gitignore', 'con-fig', 'console.ts', 'com10', 'a.b', 'Größe'])(
    'accepts %s',
    (segment) => {
      expect(segmentProblem(segment)).toBeUndefined();
    },
  );

  it.each([
    ['', 'it has an empty part'],
    ['con', '"con" is a reserved name on Windows'],
    ['NUL', '"NUL" is a reserved name on Windows'],
    ['com1', '"com1" is a reserved name on Windows'],
    ['lpt9.txt', '"lpt9.txt" is a reserved name on Windows'],
    ['aux.ts', '"aux.ts" is a reserved name on Windows'],
    ['com¹', '"com¹" is a reserved name on Windows'],
    ['a.', '"a." ends with a dot or a space, which Windows drops'],
    ['a ', '"a " ends with a dot or a space, which Windows drops'],
    ['-rf', '"-rf" starts with "-", which commands take for an option'],
    ['a\u0000b', '"a\\u0000b" contains a control character'],
    ['a\u001b[31m', '"a\\u001b[31m" contains a control character'],
    ['a\u0085', '"a\u0085" contains a control character'],
    ['a:b', '"a:b" contains a character that Windows refuses'],
    ['a\\b', '"a\\b" contains a character that Windows refuses'],
    ['what?', '"what?" contains a character that Windows refuses'],
  ])('refuses %j', (segment, problem) => {
    expect(segmentProblem(segment)).toBe(problem);
  });
});

describe('paths of a plan', () => {
  it.each(['README.md', 'src/index.ts', '.github/workflows/ci.yml'])('accepts %s', (path) => {
    expect(planPathProblem(path)).toBeUndefined();
  });

  it.each([
    ['/etc/passwd', 'it is absolute'],
    ['..', 'it contains ".."'],
    ['../x', 'it contains ".."'],
    ['src/../../x', 'it contains ".."'],
    ['./x', 'it contains "."'],
    ['src\\x', 'it contains a backslash'],
    ['..\\x', 'it contains a backslash'],
    ['C:/x', 'it names a drive'],
    ['c:x', 'it names a drive'],
    ['a//b', 'it has an empty part'],
    ['', 'it has an empty part'],
    ['a/', 'it has an empty part'],
    ['a\u0000', '"a\\u0000" contains a control character'],
    ['src/nul', '"nul" is a reserved name on Windows'],
    ['src/aux.ts', '"aux.ts" is a reserved name on Windows'],
  ])('refuses %j', (path, problem) => {
    expect(planPathProblem(path)).toBe(problem);
  });
});

describe('package names', () => {
  it.each(['my-app', 'a', 'mcp2', 'a.b_c'])('accepts %s', (name) => {
    expect(packageNameProblem(name)).toBeUndefined();
  });

  it.each([
    ['', 'name length must be greater than zero'],
    ['MyApp', 'name can no longer contain capital letters'],
    ['.app', 'name cannot start with a period'],
    ['_app', 'name cannot start with an underscore'],
    ['node_modules', 'node_modules is not a valid package name'],
    ['http', 'http is a core module name'],
    ['a b', 'name can only contain URL-friendly characters'],
    ['a'.repeat(215), 'name can no longer contain more than 214 characters'],
  ])('refuses %j', (name, problem) => {
    expect(packageNameProblem(name)).toBe(problem);
  });

  it.each([
    ['MyApp', 'my-app'],
    ['My App!', 'my-app'],
    ['.app', 'app'],
    ['Größe', 'gro-e'],
    ['http', 'http-mcp'],
    ['con', 'con-mcp'],
    ['日本', 'my-mcp-server'],
    ['', 'my-mcp-server'],
  ])('suggests for %j: %s', (name, suggestion) => {
    expect(suggestName(name)).toBe(suggestion);
  });

  it('suggests only names that are accepted', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary', minLength: 200 })), (name) => {
        const suggestion = suggestName(name);
        expect(packageNameProblem(suggestion)).toBeUndefined();
        expect(segmentProblem(suggestion)).toBeUndefined();
      }),
    );
  });
});
