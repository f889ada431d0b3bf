/** Merges the layers' fragments of package.json. */

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

/** The merged manifest: what a project's package.json holds. */
export interface Manifest extends JsonObject {
  name: string;
}

/** The order in which people expect the keys of a package.json; unknown ones follow as they come. */
const keyOrder = [
  'name',
  'version',
  'private',
  'description',
  'license',
  'type',
  'bin',
  'files',
  'engines',
  'packageManager',
  'scripts',
  'dependencies',
  'devDependencies',
];

const sortedMaps = ['dependencies', 'devDependencies'];

/**
 * Merges objects deeply and joins arrays; a value that two fragments set differently is an error.
 *
 * @param fragments parsed package.json files, in the order of their layers
 * @throws Error naming the key that two fragments disagree on
 */
export function mergeManifests(name: string, fragments: readonly JsonObject[]): Manifest {
  const merged = {
    ...fragments.reduce((left, right) => mergeObjects(left, right, ''), {}),
    name,
  } as JsonObject;
  const keys = Object.keys(merged).sort((a, b) => rank(a) - rank(b));
  return Object.fromEntries(
    keys.map((key) => [key, sortedMaps.includes(key) ? sortKeys(merged[key]) : merged[key]]),
  ) as Manifest;
}

function mergeObjects(left: JsonObject, right: JsonObject, path: string): JsonObject {
  const merged = new Map(Object.entries(left));
  for (const [key, value] of Object.entries(right)) {
    const existing = merged.get(key);
    merged.set(key, existing === undefined ? value : mergeValues(existing, value, `${path}${key}`));
  }
  return Object.fromEntries(merged);
}

function mergeValues(left: Json, right: Json, path: string): Json {
  if (Array.isArray(left) && Array.isArray(right)) return [...left, ...right];
  if (isObject(left) && isObject(right)) return mergeObjects(left, right, `${path}.`);
  if (left === right) return left;
  throw new Error(`Two layers set "${path}" in package.json to different values`);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function rank(key: string): number {
  const index = keyOrder.indexOf(key);
  return index === -1 ? keyOrder.length : index;
}

/** By code unit: a collator for a language would take longer to load than everything else here. */
function sortKeys(value: Json | undefined): Json {
  if (value === undefined || !isObject(value)) throw new Error('Dependencies are an object');
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
