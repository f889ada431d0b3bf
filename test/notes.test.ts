import { describe, expect, it } from 'vitest';
import { collectNotes } from '../src/notes.js';
import { resolveOptions } from '../src/options.js';
import { given } from './support/flags.js';
import { gate, register, vault } from './support/presets.js';

register(gate, vault);

const around = { cwd: '/work', home: '/home', userAgent: undefined };
const notesOf = (flags: Parameters<typeof given>[0]) =>
  collectNotes({
    options: resolveOptions(given(flags), around),
    kept: [],
    leftovers: [],
    git: undefined,
  });
const callback = 'with the redirect URI http://localhost:3000/oauth/callback, and fill in';

it.each([
  ['docker', 'CI and Docker need it.'],
  ['none', 'CI needs it.'],
])('a lock file that is not there yet is missed, with --deploy %s', (deploy, who) => {
  expect(notesOf({ install: false, deploy })).toEqual([
    `Commit package-lock.json after the first install: ${who}`,
  ]);
});

describe('what is missing before the first start', () => {
  it.each([
    [{}],
    [{ oauth: true }],
    [{ issuer: 'https://id.example.com' }],
    [{ provider: 'gate', authMode: 'jwt', set: ['client=c'] }],
  ])('is nothing with %j', (flags) => {
    expect(notesOf(flags)).toEqual([]);
  });

  it('is what the server asks about tokens with', () => {
    expect(notesOf({ issuer: 'https://id.example.com', authMode: 'introspection' })).toEqual([
      'Before the first start, fill in OAUTH_CLIENT_ID and OAUTH_CLIENT_SECRET in .env: OAUTH.md says where they are.',
    ]);
  });

  it('is the server, at the provider', () => {
    expect(notesOf({ provider: 'gate' })).toEqual([
      `Before the first start, register the server at Gate, ${callback} OAUTH_CLIENT_ID and OAUTH_CLIENT_SECRET in .env: OAUTH.md has the steps.`,
    ]);
  });

  it.each([
    ['jwt', true],
    ['proxy', false],
  ])('is another mode, where clients must refuse the login: %s', (authMode, refused) => {
    const set = ['region=us-east-1', 'pool=us-east-1_Ab12Cd34E', 'client=c'];
    const notes = notesOf({ provider: 'cognito', authMode, set });
    const about = notes.filter((note) => note.includes('does not announce PKCE'));
    expect(about).toEqual(refused ? [expect.stringContaining('--auth-mode proxy')] : []);
  });

  it('is also who may log in, where everybody could', () => {
    const whose = 'Say in OAUTH_ALLOWED_USERS, in .env, who may log in.';
    expect(notesOf({ provider: 'vault' }).slice(1)).toEqual([whose]);
    const [first, second] = notesOf({ issuer: 'https://id.example.com:8443', authMode: 'proxy' });
    expect(first).toContain('register the server at id.example.com:8443, ');
    expect(second).toBe(whose);
  });
});
