/**
 * The report as JUnit writes it, for continuous integration. What should be so and is not counts as
 * skipped there, with its reason: only a failed MUST makes a build fail.
 */
import type { Result } from './case.js';
import type { Report } from './run.js';
import { suite } from './suite.js';

export function reportToJunit({ url, results }: Report): string {
  const suites = suite.flatMap(({ id, title }) => {
    const own = results.filter(({ group }) => group === id);
    if (own.length === 0) return [];
    const failures = own.filter(isFailure).length;
    const skipped = own.filter((each) => each.outcome !== 'passed').length - failures;
    const counts = { tests: own.length, failures, skipped };
    return [open('testsuite', { name: title, ...counts }), ...own.map(toTestCase), '</testsuite>'];
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    open('testsuites', { name: url }),
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function toTestCase(result: Result): string {
  const { id, group, level, title } = result;
  const start = open('testcase', { classname: group, name: `${id}: ${title} (${level})` });
  if (result.outcome === 'passed') return `${start}</testcase>`;
  if (result.outcome === 'skipped') {
    return `${start}${open('skipped', { message: result.reason })}</skipped></testcase>`;
  }
  const { request, expected, seen, rule } = result;
  const text = `request: ${request}\nexpected: ${expected}\nseen: ${seen}\nrule: ${rule.name}, ${rule.url}`;
  const element = isFailure(result) ? 'failure' : 'skipped';
  const message = isFailure(result) ? seen : `${level}: ${seen}`;
  return `${start}${open(element, { message })}${escapeXml(text)}</${element}></testcase>`;
}

function isFailure({ outcome, level }: Result): boolean {
  return outcome === 'failed' && level === 'MUST';
}

function open(name: string, attributes: Readonly<Record<string, string | number>>): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => `${key}="${escapeXml(String(value))}"`,
  );
  return `<${[name, ...written].join(' ')}>`;
}

/** XML 1.0 §2.2 and §2.4: control characters cannot be written at all. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd]/g, '\u{FFFD}')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
