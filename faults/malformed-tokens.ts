/** Tokens that no server may take: random ones, and JWTs that are wrong in every way that is known. */
import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';

export interface TokenSource {
  /** A token that is good. */
  good: string;
  /** An address that nobody may ask, however a token asks for it. */
  trap: string;
  /** The issuer's public key, where there is one: it is no shared secret. */
  publicKey?: object | undefined;
  /** Signs as the issuer does. */
  sign?: ((header: object, claims: object) => string) | undefined;
}

const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const strangersKey = stranger.publicKey.export({ format: 'jwk' });

/** What stands in `Authorization`, after the scheme. */
export function malformedTokens(source: TokenSource): fc.Arbitrary<string> {
  const claims = goodClaims(source.good);
  return fc.oneof(
    fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 200 }).map(toHeaderText),
    fc.stringMatching(/^[\w.~+/-]{1,300}={0,2}$/),
    fc.array(fc.stringMatching(/^[\w-]{0,40}$/), { maxLength: 9 }).map((parts) => parts.join('.')),
    tampered(source.good),
    fc.tuple(oddHeader(source), fc.constant(claims)).map(([header, body]) => forge(header, body)),
    fc.tuple(oddHeader(source), fc.jsonValue()).map(([header, body]) => forge(header, body)),
    fc.tuple(fc.jsonValue(), fc.jsonValue()).map(([header, body]) => forge(header, body)),
    fc.nat({ max: 2_000 }).map((depth) => forge({ alg: 'ES256' }, nest(depth))),
    ...(source.publicKey === undefined ? [] : [confused(source.publicKey, claims)]),
    ...(source.sign === undefined ? [] : [oddClaims(source.sign, claims)]),
  );
}

/** Signed by the right key, and yet not for this server, or not now, or no access token. */
function oddClaims(signAs: NonNullable<TokenSource['sign']>, claims: object) {
  const words = fc.oneof(fc.constantFrom('', 'NaN', 'null', '0'), fc.string({ maxLength: 30 }));
  const time = Math.floor(Date.now() / 1000);
  const changes = fc.oneof(
    fc.record({ iss: fc.oneof(words, fc.constantFrom(null, 1, [], {}, true)) }),
    fc.record({
      aud: fc.oneof(words, fc.array(words, { maxLength: 3 }), fc.constantFrom(null, 7)),
    }),
    fc.record({ exp: fc.oneof(words, fc.constantFrom(null, [], {}, true, '9999999999')) }),
    fc.record({ exp: fc.integer({ max: time - 3_600 }) }),
    fc.record({ nbf: fc.oneof(words, fc.integer({ min: time + 3_600 }), fc.constant([])) }),
    fc.constantFrom<object>({ exp: undefined }, { token_use: 'id' }, { typ: 'Refresh' }),
  );
  const types = fc.constantFrom('JWT', 'at+jwt');
  return fc.tuple(types, changes).map(([typ, change]) => {
    const usesKind = 'token_use' in change || 'typ' in change;
    return signAs({ typ: usesKind ? 'JWT' : typ }, { ...claims, ...change });
  });
}

/** RFC 8725 §2.1, §3.1 and §3.10: what headers try. */
function oddHeader({ trap }: TokenSource): fc.Arbitrary<object> {
  const algorithms = fc.constantFrom<unknown>(
    ...[
      'none',
      'None',
      'nOnE',
      'HS256',
      'HS512',
      'ES256',
      'RS256',
      'ES256K',
      'dir',
      '',
      null,
      1,
      {},
    ],
    ...[['ES256'], 'A'.repeat(5_000)],
  );
  const extras = fc.oneof(
    fc.constantFrom<object>(
      ...[{ crit: ['b64'], b64: false }, { crit: ['exp'] }, { crit: [] }, { crit: 'b64' }],
      ...[{ jku: trap }, { x5u: trap }, { jwk: strangersKey }, { jwk: null }, { x5c: [trap] }],
      ...[{ kid: 'k'.repeat(6_000) }, { kid: '../../etc/passwd' }, { kid: `' OR 1=1 --` }],
      ...[
        { kid: { $ne: null } },
        { kid: ['a'] },
        { kid: -1 },
        { typ: 7 },
        { typ: [] },
        { cty: 'JWT' },
      ],
      ...[{ zip: 'DEF' }, { __proto__: { alg: 'none' } }, { kid: '\u0000\r\n' }, {}],
    ),
    fc.dictionary(fc.constantFrom('kid', 'typ', 'crit', 'x5t', 'enc', 'epk'), fc.jsonValue()),
  );
  return fc.tuple(algorithms, extras).map(([alg, extra]) => ({ alg, ...extra }));
}

/** HMAC with the public key as its secret, in the forms in which people publish it. */
function confused(publicKey: object, claims: object): fc.Arbitrary<string> {
  const key = createPublicKey({ key: publicKey as never, format: 'jwk' });
  const secrets = [
    JSON.stringify(publicKey),
    key.export({ type: 'spki', format: 'pem' }),
    key.export({ type: 'spki', format: 'der' }),
  ];
  const headers = fc.record({ alg: fc.constantFrom('HS256', 'hs256'), typ: fc.constant('at+jwt') });
  return fc.tuple(fc.constantFrom(...secrets), headers).map(([secret, header]) => {
    const signed = `${encode({ ...publicKey, ...header })}.${encode(claims)}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  });
}

/** A good token with one character changed or left out, or cut off, or with more. */
function tampered(good: string): fc.Arbitrary<string> {
  // The last character of a signature has bits that count for nothing.
  const place = fc.nat({ max: good.length - 2 });
  const at = (index: number, text: string) => good.slice(0, index) + text + good.slice(index + 1);
  const other = (index: number) => (good[index] === 'A' ? 'B' : 'A');
  return fc
    .oneof(
      place.map((index) => at(index, other(index))),
      place.map((index) => at(index, '')),
      place.map((index) => good.slice(0, index + 1)),
      fc.stringMatching(/^[\w.-]{1,20}$/).map((more) => good + more),
      fc.constantFrom(`${good},${good}`, `${good} ${good}`, `"${good}"`, good.replace(/\./g, '')),
    )
    .filter((token) => token !== good);
}

/** Signed by a stranger. */
function forge(header: unknown, claims: unknown): string {
  const text = `${encode(header)}.${encode(claims)}`;
  const key = { key: stranger.privateKey, dsaEncoding: 'ieee-p1363' as const };
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

function encode(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return Buffer.from(text ?? '').toString('base64url');
}

function nest(depth: number): string {
  return '{"a":'.repeat(depth) + '1'.concat('}'.repeat(depth));
}

function goodClaims(token: string): object {
  const [, claims = ''] = token.split('.');
  try {
    return JSON.parse(Buffer.from(claims, 'base64url').toString());
  } catch {
    return { sub: 'somebody' };
  }
}

/** What Node would refuse before anybody sees it is not what is looked for here. */
function toHeaderText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?');
}
