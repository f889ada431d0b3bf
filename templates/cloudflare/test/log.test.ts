import { afterEach, beforeEach, expect, it, vi } from 'vitest';

let written = '';
beforeEach(() => {
  written = '';
  vi.resetModules();
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
    written += line;
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

/** Fresh, because where it writes is a decision for good. */
const load = () => import('../src/log.js');
const lines = () =>
  written
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

it('never shows credentials, wherever they hide', async () => {
  const { log } = await load();
  const secret = 'hunter2';
  log.info({ authorization: secret, client_secret: secret }, 'a');
  log.info({ request: { headers: { Authorization: secret, cookie: secret } } }, 'b');
  log.info({ err: { config: { headers: { Authorization: secret } } } }, 'c');
  log.info({ response: { access_token: secret, refresh_token: secret, id_token: secret } }, 'd');
  log.info({ subject: 'ada', err: { code: 'ECONNREFUSED' } }, 'e');
  expect(written).not.toContain(secret);
  expect(written).toContain('"subject":"ada"');
  expect(written).toContain('ECONNREFUSED');
});

it('says what went wrong, with the place', async () => {
  const { log } = await load();
  log.error({ err: Object.assign(new TypeError('no'), { code: 'X' }), path: '/mcp' }, 'It failed');
  const [{ time, ...line }] = lines();
  expect(typeof time).toBe('number');
  expect(line).toEqual({
    level: 'error',
    err: {
      type: 'TypeError',
      message: 'no',
      stack: expect.stringContaining('log.test'),
      code: 'X',
    },
    path: '/mcp',
    msg: 'It failed',
  });
});

it('takes whatever it is given', async () => {
  const { log } = await load();
  const circular: { self?: unknown; big: bigint } = { big: 1n };
  circular.self = circular;
  log.warn({ circular }, 'odd');
  expect(lines()).toMatchObject([{ circular: { big: '1', self: '[seen above]' } }]);
});

it('is as loud as it is told to be', async () => {
  const { log } = await load();
  log.debug('too quiet');
  log.level = 'error';
  log.warn('too quiet as well');
  log.fatal('heard');
  log.level = 'silent';
  log.fatal('not heard');
  expect(lines()).toMatchObject([{ level: 'fatal', msg: 'heard' }]);
});

it('goes to the console of a Worker, at its level', async () => {
  const { log, logToConsole } = await load();
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  const error = vi.spyOn(console, 'error').mockReturnValue();
  logToConsole();
  log.warn('careful');
  log.fatal('the end');
  expect(written).toBe('');
  expect(JSON.parse(warn.mock.calls[0]?.[0])).toMatchObject({ level: 'warn', msg: 'careful' });
  expect(JSON.parse(error.mock.calls[0]?.[0])).toMatchObject({ level: 'fatal', msg: 'the end' });
});
