import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fillSecrets } from '../src/secrets.js';
import { realTemplates, run } from './support/world.js';

const ones = (size: number) => Buffer.alloc(size, 1);
const secret = ones(32).toString('base64url');

const projectOf = (files: Record<string, string>) => ({
  files: Object.entries(files).map(([path, text]) => ({ path, contents: Buffer.from(text) })),
  manifest: { name: 'my-app' },
});
const filled = (files: Record<string, string>, random = ones) =>
  Object.fromEntries(
    fillSecrets(projectOf(files), random).files.map(({ path, contents }) => [path, `${contents}`]),
  );

describe('room for a secret', () => {
  it.each([
    ['A=1\nAUTH_SECRET=\nB=2\n', `A=1\nAUTH_SECRET=${secret}\nB=2\n`],
    ['AUTH_SECRET=mine\n', 'AUTH_SECRET=mine\n'],
    ['#AUTH_SECRET=\nMY_AUTH_SECRET=\n', '#AUTH_SECRET=\nMY_AUTH_SECRET=\n'],
    ['', ''],
  ])('in %j', (before, after) => {
    expect(filled({ '.env': before })).toEqual({ '.env': after });
  });

  it('is left in files that others may see', () => {
    const files = { '.env.example': 'AUTH_SECRET=\n', 'src/.env': 'AUTH_SECRET=\n' };
    expect(filled(files)).toEqual(files);
  });

  it('is filled differently each time', () => {
    const again = () => filled({ '.env': 'AUTH_SECRET=' }, randomBytes)['.env'];
    expect(again()).toMatch(/^AUTH_SECRET=[\w-]{43}$/);
    expect(again()).not.toBe(again());
  });
});

describe('a proxy', () => {
  const make = (...argv: string[]) =>
    run(['my-app', '--provider', 'github', '--no-install', '--no-git', ...argv], {
      templates: realTemplates,
      randomBytes: ones,
    });

  it('has a secret from the start, where only its owner looks', async () => {
    const { cwd } = await make();
    const read = (path: string) => readFileSync(join(cwd, 'my-app', path), 'utf8');
    expect(read('.env')).toContain(`\nAUTH_SECRET=${secret}\n`);
    expect(read('.env.example')).toContain('\nAUTH_SECRET=\n');
    expect(read('.env').replace(secret, '')).toBe(read('.env.example'));
  });

  it.each([[[]], [['--json']], [['--dry-run']], [['--dry-run', '--json']]])(
    'keeps it to itself: %j',
    async (argv) => {
      const { status, stdout, stderr } = await make(...argv);
      expect(status).toBe(0);
      expect(`${stdout}${stderr}`).not.toContain(secret);
    },
  );
});
