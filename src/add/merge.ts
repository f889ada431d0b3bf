/** Merges one file that somebody changed with what is generated now, in the way that its kind needs. */
import { parseEnv } from 'node:util';
import { type Git, mergeLines, type Versions } from './git.js';
import { mergeJson } from './merge-json.js';
import { changeTable, compareTables, isTable, readTable } from './table.js';

/** What came of it. */
export interface Merge {
  readonly contents: Buffer;
  /** What both sides changed, differently; a sentence each. Empty: everything fits. */
  readonly conflicts: readonly string[];
  /** Whether the contents hold marks of conflicts; otherwise they hold the person's side of each. */
  readonly marked: boolean;
}

/** @param versions with `\n` at the end of lines; an empty base is one that is not known */
export async function mergeFile(git: Git, path: string, versions: Versions): Promise<Merge> {
  return (
    mergeByKeys(path, versions) ??
    mergeByEntries(path, versions) ??
    (await mergeByLines(git, path, versions))
  );
}

function mergeByKeys(path: string, { base, ours, theirs }: Versions): Merge | undefined {
  if (path !== 'package.json') return undefined;
  const merged = mergeJson(String(base) || '{}', String(ours), String(theirs));
  if (merged === undefined) return undefined;
  return { contents: Buffer.from(merged.text), conflicts: merged.conflicts, marked: false };
}

function mergeByEntries(path: string, { base, ours, theirs }: Versions): Merge | undefined {
  if (!isTable(path)) return undefined;
  const before = base.length === 0 ? { imports: [], entries: [] } : readTable(String(base));
  const now = readTable(String(theirs));
  if (before === undefined || now === undefined) return undefined;
  const merged = changeTable(String(ours), compareTables(before, now));
  if (merged === undefined) return undefined;
  return { contents: Buffer.from(merged), conflicts: [], marked: false };
}

async function mergeByLines(git: Git, path: string, versions: Versions): Promise<Merge> {
  const { merged, conflicts } = await mergeLines(git, versions);
  if (conflicts === 0) return { contents: merged, conflicts: [], marked: false };
  const both = await takeBoth(git, path, versions);
  if (both !== undefined) return { contents: both, conflicts: [], marked: false };
  const places = conflicts === 1 ? 'the same place' : `the same ${conflicts} places`;
  return {
    contents: merged,
    conflicts: [`You and the new version changed ${places}`],
    marked: true,
  };
}

/** In lists of lines whose order does not matter, the lines of both sides have a place. */
async function takeBoth(git: Git, path: string, versions: Versions): Promise<Buffer | undefined> {
  const isSettings = path === '.env.example';
  if (!isSettings && path !== '.gitignore' && path !== '.dockerignore') return undefined;
  const { merged } = await mergeLines(git, versions, 'union');
  if (!isSettings) return merged;
  const assigned = String(merged).match(/^[A-Z_][A-Z0-9_]*(?==)/gm) ?? [];
  // Twice the same variable: it has two values, and somebody has to choose.
  return assigned.length === Object.keys(parseEnv(String(merged))).length ? merged : undefined;
}
