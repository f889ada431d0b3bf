import { expect, it, vi } from 'vitest';
import { log } from '../src/log.js';
import { StartupError } from '../src/settings.js';
import { startLazily } from '../src/start-lazily.js';

const ask = () => new Request('https://mcp.example.com/mcp');
const answer = async () => new Response('served');

it('starts with the first request, once for however many come', async () => {
  const create = vi.fn(async () => answer);
  const app = startLazily(create);
  expect(create).not.toHaveBeenCalled();
  const answers = await Promise.all([app(ask()), app(ask())]);
  expect(await Promise.all(answers.map((response) => response.text()))).toEqual([
    'served',
    'served',
  ]);
  await app(ask());
  expect(create).toHaveBeenCalledTimes(1);
});

it('answers 503 while it cannot start, and tries again a second later', async () => {
  let clock = 5_000;
  let down = true;
  const create = vi.fn(async () => {
    if (down) throw new StartupError('The provider is down');
    return answer;
  });
  const app = startLazily(create, () => clock);
  const refused = await app(ask());
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  // Browsers show an answer to a page only if it says so.
  expect(refused.headers.get('access-control-allow-origin')).toBe('*');

  down = false;
  clock += 999;
  expect((await app(ask())).status).toBe(503);
  expect(create).toHaveBeenCalledTimes(1);
  clock += 1;
  expect(await (await app(ask())).text()).toBe('served');
});

it('tells the reason to the log, and to nobody else', async () => {
  const fatal = vi.spyOn(log, 'fatal');
  const failures = [new StartupError('OAUTH_ISSUER_URL is required'), new Error('hunter2')];
  for (const failure of failures) {
    const app = startLazily(() => Promise.reject(failure));
    expect(await (await app(ask())).text()).not.toMatch(/OAUTH_ISSUER_URL|hunter2/);
  }
  expect(fatal.mock.calls).toEqual([
    ['OAUTH_ISSUER_URL is required'],
    [{ err: failures[1] }, 'The server cannot start'],
  ]);
  fatal.mockRestore();
});
