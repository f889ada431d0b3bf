import { describe, expect, it } from 'vitest';
import { describeSteps, nextSteps } from '../src/next-steps.js';
import { resolveOptions } from '../src/options.js';
import { given } from './support/flags.js';
import { gate, register, vault } from './support/presets.js';

register(gate, vault);

const around = { cwd: '/work', home: '/home', userAgent: undefined };
const stepsOf = (flags: Parameters<typeof given>[0]) =>
  describeSteps(resolveOptions(given(flags), around));

describe('what to fill in comes before the first start', () => {
  const issuer = 'https://id.example.com';

  it.each([
    [{ provider: 'gate' }, 'OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET'],
    [{ provider: 'gate', set: ['client=c'] }, 'OAUTH_CLIENT_SECRET'],
    [{ provider: 'vault' }, 'OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET, OAUTH_ALLOWED_USERS'],
    [{ issuer, authMode: 'introspection' }, 'OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET'],
  ])('with %j', (flags, missing) => {
    expect(stepsOf(flags)).toEqual([
      'cd my-app',
      `# fill in .env: ${missing}`,
      'npm run dev',
      'npm test',
    ]);
  });

  it.each([[{}], [{ oauth: true }], [{ issuer }]])('and is nothing with %j', (flags) => {
    expect(stepsOf(flags)).toEqual(['cd my-app', 'npm run dev', 'npm test']);
  });
});

it('names commands apart from what a person does, and those that do not end', () => {
  const options = resolveOptions(given({ provider: 'gate', install: false }), around);
  expect(nextSteps(options)).toEqual([
    { title: 'Install dependencies', command: 'npm install' },
    {
      title: 'fill in .env: OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET',
    },
    { title: 'Run the server', command: 'npm run dev', endless: true },
    { title: 'Run its tests', command: 'npm test' },
  ]);
});
