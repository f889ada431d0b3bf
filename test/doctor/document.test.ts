// docs/doctor.md explains every identifier, and every identifier has been seen.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkOf, checks } from '../../src/doctor/checks.js';
import { describeChecks } from '../../src/doctor/document.js';
import type { Explanation } from '../../src/doctor/finding.js';

const entries: [string, Explanation][] = checks.flatMap(({ findings }) => Object.entries(findings));
const ids = entries.map(([id]) => id);

it('is what the checks say', () => {
  const page = readFileSync(new URL('../../docs/doctor.md', import.meta.url), 'utf8');
  expect(page, 'the page is generated: npm run docs').toBe(describeChecks());
});

describe('identifiers', () => {
  it('are not used twice', () => {
    expect(ids).toEqual([...new Set(ids)]);
    expect(() => ids.map(checkOf)).not.toThrow();
  });

  it('have a form that stays', () => {
    expect(ids.filter((id) => !/^[a-z]+(-[a-z]+)+$/.test(id))).toEqual([]);
  });

  it('are all shown by a test', () => {
    const directory = new URL('.', import.meta.url);
    const tests = readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .filter((name) => name !== 'document.test.ts' && name.endsWith('.ts'))
      .map((name) => readFileSync(new URL(name, directory), 'utf8'))
      .join('\n');
    const complaints = entries.filter(([, { level }]) => level !== 'ok' && level !== 'note');
    expect(complaints.filter(([id]) => !tests.includes(`'${id}'`)).map(([id]) => id)).toEqual([]);
  });
});

it.each(entries)('%s has a title, a reason, a cure and a page', (_id, explanation) => {
  expect(explanation.title).toMatch(/[^.]$/);
  if (explanation.level === 'ok') return;
  const { why, cure, page } = explanation;
  for (const text of [why, cure]) expect(text).toMatch(/\.$/);
  expect(new URL(page).protocol).toBe('https:');
});
