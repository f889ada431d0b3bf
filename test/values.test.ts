import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAudience, parseIssuer, parseScopes } from '../src/values.js';
import { thrownBy } from './support/thrown.js';

describe('issuer', () => {
  it.each([
    'https://id.example.com',
    'https://id.example.com/',
    'https://id.example.com/realms/one/',
    'https://ID.example.com:8443/a%20b',
    'https://login.example.com/{tenantid}/v2.0',
    'http://localhost:3001',
    'http://127.0.0.1:8080/x',
    'http://[::1]:8080',
  ])('keeps %s byte for byte', (issuer) => {
    expect(parseIssuer(issuer)).toBe(issuer);
  });

  it.each([
    ['', '--issuer is not an absolute URL: ""'],
    ['id.example.com', '--issuer is not an absolute URL: "id.example.com"'],
    ['https:id.example.com', '--issuer is not an absolute URL: "https:id.example.com"'],
    ['https:///x', '--issuer is not an absolute URL: "https:///x"'],
    ['https://', '--issuer is not an absolute URL: "https://"'],
    ['ftp://id.example.com', '--issuer is not an absolute URL: "ftp://id.example.com"'],
    ['https://a:99999', '--issuer is not an absolute URL: "https://a:99999"'],
    [' https://a', '--issuer is not an absolute URL: " https://a"'],
    ['http://id.example.com', '--issuer is not https: "http://id.example.com"'],
    ['http://localhost.example.com', '--issuer is not https: "http://localhost.example.com"'],
    ['http://127.0.0.1.example.com', '--issuer is not https: "http://127.0.0.1.example.com"'],
    ['https://a/?x=1', '--issuer has a query or a fragment: "https://a/?x=1"'],
    ['https://a/?', '--issuer has a query or a fragment: "https://a/?"'],
    ['https://a/#x', '--issuer has a query or a fragment: "https://a/#x"'],
    ['https://me:secret@a', '--issuer contains a user name or a password'],
    ['https://me@a', '--issuer contains a user name or a password'],
    [
      'https://a/b\nX=1',
      '--issuer has a character that does not belong in an issuer: "https://a/b\\nX=1"',
    ],
    [
      'https://a/$HOME',
      '--issuer has a character that does not belong in an issuer: "https://a/$HOME"',
    ],
    ["https://a/'", '--issuer has a character that does not belong in an issuer: "https://a/\'"'],
    ['https://a/ä', '--issuer has a character that does not belong in an issuer: "https://a/ä"'],
    [
      'https://a/.well-known/openid-configuration',
      '--issuer is the address of a metadata document: "https://a/.well-known/openid-configuration"',
    ],
  ])('refuses %j', (issuer, what) => {
    expect(thrownBy(() => parseIssuer(issuer))).toMatchObject({
      code: 'OPTION_INVALID',
      exitStatus: 2,
      what,
    });
  });

  it('does not repeat a password', () => {
    const { what, why, fix } = thrownBy(() => parseIssuer('https://me:hunter2@a'));
    expect(what + why + fix).not.toContain('hunter2');
  });
});

describe('audience', () => {
  it.each(['https://mcp.example.com/mcp', 'api://8f2c-1', 'my-server', 'urn:example:mcp'])(
    'accepts %s',
    (audience) => {
      expect(parseAudience(audience)).toBe(audience);
    },
  );

  it.each([
    ['', '--audience is empty'],
    ['a b', '--audience has a character that is not allowed: "a b"'],
    ['a\nB=1', '--audience has a character that is not allowed: "a\\nB=1"'],
    ['a"b', '--audience has a character that is not allowed: "a\\"b"'],
    ["a'b", '--audience has a character that is not allowed: "a\'b"'],
    ['a`b', '--audience has a character that is not allowed: "a`b"'],
    ['a#b', '--audience has a character that is not allowed: "a#b"'],
    ['$a', '--audience has a character that is not allowed: "$a"'],
    ['a\\n', '--audience has a character that is not allowed: "a\\\\n"'],
    ['a\u0000', '--audience has a character that is not allowed: "a\\u0000"'],
    ['\u00a0', '--audience has a character that is not allowed: "\u00a0"'],
  ])('refuses %j', (audience, what) => {
    expect(thrownBy(() => parseAudience(audience))).toMatchObject({
      code: 'OPTION_INVALID',
      exitStatus: 2,
      what,
    });
  });
});

describe('scopes', () => {
  it.each([
    ['mcp:use', ['mcp:use']],
    ['a b', ['a', 'b']],
    ['a,b', ['a', 'b']],
    [' b, a  b,', ['b', 'a']],
    [
      'api://x/read https://graph.example.com/User.Read',
      ['api://x/read', 'https://graph.example.com/User.Read'],
    ],
  ])('splits %j', (list, scopes) => {
    expect(parseScopes(list)).toEqual(scopes);
  });

  it.each([
    ['', '--scopes names no scope'],
    [' , ', '--scopes names no scope'],
    ['a"b', '--scopes has a scope with a character that is not allowed: "a\\"b"'],
    ['a\\b', '--scopes has a scope with a character that is not allowed: "a\\\\b"'],
    ['a\tb', '--scopes has a scope with a character that is not allowed: "a\\tb"'],
    ['a\nb', '--scopes has a scope with a character that is not allowed: "a\\nb"'],
    ['ä', '--scopes has a scope with a character that is not allowed: "ä"'],
    ['a#b', '--scopes has a scope that cannot be written into an environment file: "a#b"'],
    ['$a', '--scopes has a scope that cannot be written into an environment file: "$a"'],
    ["'a", '--scopes has a scope that cannot be written into an environment file: "\'a"'],
    ['`a', '--scopes has a scope that cannot be written into an environment file: "`a"'],
  ])('refuses %j', (list, what) => {
    expect(thrownBy(() => parseScopes(list))).toMatchObject({
      code: 'OPTION_INVALID',
      exitStatus: 2,
      what,
    });
  });
});

it('lets nothing through that an environment file would read differently', () => {
  const accepted = (parse: (value: string) => string) => (value: string) => {
    try {
      return parse(value);
    } catch {
      return undefined;
    }
  };
  for (const parse of [
    accepted((value) => parseIssuer(`https://a/${value}`)),
    accepted(parseAudience),
    accepted((value) => parseScopes(value).join(' ')),
  ]) {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const kept = parse(value);
        if (kept !== undefined) expect(kept).toMatch(/^[^\s"'`#$\\]+( [^\s"'`#$\\]+)*$/);
      }),
    );
  }
});
