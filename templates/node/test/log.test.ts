import { pino } from 'pino';
import { expect, it } from 'vitest';
import { options } from '../src/log.js';

it('never shows credentials, wherever they hide', () => {
  let written = '';
  const write = (line: string) => {
    written += line;
  };
  const log = pino(options, { write });
  const secret = 'hunter2';
  log.info({ authorization: secret, client_secret: secret });
  log.info({ request: { headers: { authorization: secret, cookie: secret } } });
  log.info({ err: { config: { headers: { Authorization: secret } } } });
  log.info({ response: { access_token: secret, refresh_token: secret, id_token: secret } });
  log.info({ subject: 'ada', err: { code: 'ECONNREFUSED' } });
  expect(written).not.toContain(secret);
  expect(written).toContain('"subject":"ada"');
  expect(written).toContain('ECONNREFUSED');
});
