/** Merges package.json by its keys: both sides add dependencies, at the same places. */

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

/** Maps whose keys people and package managers keep sorted. */
const sortedMaps = /^(dev|peer|optional)?dependencies$/i;

export interface MergedJson {
  readonly text: string;
  /** What both sides changed, differently: the value of `ours` stands. A sentence each. */
  readonly conflicts: readonly string[];
}

/**
 * @param ours its indentation, order of keys and last line end are kept
 * @returns undefined if one of them is no JSON object
 */
export function mergeJson(base: string, ours: string, theirs: string): MergedJson | undefined {
  const [was, own, made] = [base, ours, theirs].map(parseObject);
  if (was === undefined || own === undefined || made === undefined) return undefined;
  const conflicts: string[] = [];
  const merged = mergeObjects(was, own, made, '', conflicts);
  const [, indent = '  '] = /^\{\r?\n([ \t]+)"/.exec(ours) ?? [];
  const end = ours.endsWith('\n') ? '\n' : '';
  return { text: `${JSON.stringify(merged, null, indent)}${end}`, conflicts };
}

function mergeObjects(
  base: JsonObject,
  ours: JsonObject,
  theirs: JsonObject,
  path: string,
  conflicts: string[],
): JsonObject {
  const merged = new Map(Object.entries(ours));
  for (const key of new Set([...Object.keys(base), ...Object.keys(theirs)])) {
    const value = mergeValue(base[key], ours[key], theirs[key], `${path}${key}`, conflicts);
    if (value === undefined) merged.delete(key);
    else merged.set(key, value);
  }
  const place = path.slice(0, -1);
  return order(merged, Object.keys(ours), Object.keys(theirs), sortedMaps.test(place));
}

function mergeValue(
  base: Json | undefined,
  ours: Json | undefined,
  theirs: Json | undefined,
  path: string,
  conflicts: string[],
): Json | undefined {
  if (same(base, theirs) || same(ours, theirs)) return ours;
  if (same(base, ours)) return theirs;
  // Removed by one, changed by the other: what somebody did by hand is what they want.
  if (ours === undefined || theirs === undefined) return ours;
  if (isObject(ours) && isObject(theirs)) {
    return mergeObjects(isObject(base) ? base : {}, ours, theirs, `${path}.`, conflicts);
  }
  if (sortedMaps.test(path.split('.', 1)[0] ?? '')) {
    const newer = newerRange(ours, theirs);
    if (newer !== undefined) return newer;
  }
  conflicts.push(`"${path}" is ${JSON.stringify(ours)}, and would be ${JSON.stringify(theirs)}`);
  return ours;
}

/** The one of two ranges that begins later; undefined if that cannot be told. */
function newerRange(left: Json, right: Json): Json | undefined {
  const numbers = [left, right].map((range) =>
    /^[~^]?(\d+)\.(\d+)\.(\d+)$/.exec(String(range))?.slice(1).map(Number),
  );
  const [a, b] = numbers;
  if (a === undefined || b === undefined) return undefined;
  const index = a.findIndex((number, at) => number !== b[at]);
  return index === -1 || Number(a[index]) > Number(b[index]) ? left : right;
}

/** Keys stay where they are; new ones follow those that they follow in what was made. */
function order(
  merged: ReadonlyMap<string, Json>,
  ours: readonly string[],
  theirs: readonly string[],
  isMap: boolean,
): JsonObject {
  const keys = ours.filter((key) => merged.has(key));
  const sorted = isMap && keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key);
  for (const [index, key] of theirs.entries()) {
    if (!merged.has(key) || keys.includes(key)) continue;
    const before = theirs.slice(0, index).findLast((earlier) => keys.includes(earlier));
    keys.splice(before === undefined ? 0 : keys.indexOf(before) + 1, 0, key);
  }
  if (sorted) keys.sort();
  return Object.fromEntries(keys.map((key) => [key, merged.get(key) ?? null]));
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function same(left: Json | undefined, right: Json | undefined): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
