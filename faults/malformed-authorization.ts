/** Requests to an authorization server, which it has to refuse. */
import fc from 'fast-check';
import { spell } from '../test/support/raw-requests.js';
import { odd } from './malformed-messages.js';
import type { Fields } from './malformed-requests.js';

/** RFC 6749, RFC 7591 and RFC 7009, with nothing right. */
export function authorizationKinds(
  common: Fields,
  paths: fc.Arbitrary<string>,
): [string, fc.Arbitrary<string>][] {
  const form = { ...common, 'Content-Type': 'application/x-www-form-urlencoded' };
  const names = fc.constantFrom(
    ...[
      'grant_type',
      'client_id',
      'client_secret',
      'code',
      'code_verifier',
      'redirect_uri',
      'scope',
    ],
    ...[
      'refresh_token',
      'resource',
      'response_type',
      'state',
      'code_challenge',
      'request',
      'prompt',
    ],
    ...['request_uri', 'code_challenge_method', 'nonce', 'max_age', 'claims', '__proto__', 'token'],
  );
  const values = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom('authorization_code', 'refresh_token', 'client_credentials', 'code', 'S256'),
    fc.constantFrom('https://127.0.0.1/x', 'javascript:alert(1)', '{}', '../..', '%00', ''),
  );
  const query = fc
    .array(fc.tuple(names, values), { maxLength: 12 })
    .map((pairs) => new URLSearchParams(pairs).toString());
  const endpoints = fc.constantFrom('/oauth/token', '/oauth/revoke');
  const id = fc.stringMatching(/^[\w%.-]{1,60}$/);
  const metadata = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc.record({ redirect_uris: odd, client_name: odd, grant_types: odd, jwks: odd, scope: odd }),
    fc.record({
      redirect_uris: fc.array(
        fc.constantFrom(
          'javascript:alert(1)',
          'http://evil.example',
          'data:,x',
          'http://localhost@evil.example/',
          '',
        ),
        { minLength: 1 },
      ),
    }),
  );
  return [
    [
      'token request',
      fc.tuple(endpoints, query).map(([path, body]) => spell(`POST ${path} HTTP/1.1`, form, body)),
    ],
    [
      'token request as JSON',
      fc
        .tuple(endpoints, fc.jsonValue())
        .map(([path, body]) =>
          spell(
            `POST ${path} HTTP/1.1`,
            { ...common, 'Content-Type': 'application/json' },
            JSON.stringify(body),
          ),
        ),
    ],
    [
      'authorization request',
      query.map((text) => spell(`GET /oauth/authorize?${text} HTTP/1.1`, common)),
    ],
    [
      'registration',
      metadata.map((body) =>
        spell(
          'POST /oauth/register HTTP/1.1',
          { ...common, 'Content-Type': 'application/json' },
          JSON.stringify(body),
        ),
      ),
    ],
    ['callback', query.map((text) => spell(`GET /oauth/callback?${text} HTTP/1.1`, common))],
    [
      'interaction',
      fc
        .tuple(id, query)
        .map(([name, text]) => spell(`POST /oauth/interaction/${name} HTTP/1.1`, form, text)),
    ],
    ['oauth path', paths.map((path) => spell(`GET /oauth${path} HTTP/1.1`, common))],
  ];
}
