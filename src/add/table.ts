/**
 * Reads and changes the tables of a project, `src/tools/index.ts` and its like: an import for each
 * entry, and a list of them all. What else stands in such a file stays as it is.
 */

/** What has to be in a table. */
export interface TableChange {
  /** Whole lines. */
  readonly imports: { readonly added: readonly string[]; readonly removed: readonly string[] };
  readonly entries: {
    /** Each after the one that it follows, if that is there; otherwise at the end. */
    readonly added: readonly { readonly name: string; readonly after?: string | undefined }[];
    readonly removed: readonly string[];
  };
}

interface Table {
  readonly imports: readonly string[];
  readonly entries: readonly string[];
}

/** What fits on a line. */
const width = 100;

const importLine = /^import .* from '(.+)';$/;
// What is exported, up to its list; the list.
const listing = /^(export const \w+(?:: [^=\n]+)? = )\[([^[\]]*)\];$/m;

export function isTable(path: string): boolean {
  return /^src\/(tools|resources|prompts)\/index\.ts$/.test(path);
}

/** @returns undefined if the text does not look like a table */
export function readTable(text: string): Table | undefined {
  const [, , list] = listing.exec(text) ?? [];
  if (list === undefined) return undefined;
  const entries = list.split(',').map((entry) => entry.trim());
  if (entries.at(-1) === '') entries.pop();
  // A comment or an expression among them is somebody's: it is not for us to move.
  if (!entries.every((entry) => /^(\.{3})?\w+$/.test(entry))) return undefined;
  return { imports: text.split('\n').filter((line) => importLine.test(line)), entries };
}

/** What leads from one table to another. */
export function compareTables(from: Table, to: Table): TableChange {
  const missingIn = (list: readonly string[]) => (each: string) => !list.includes(each);
  return {
    imports: {
      added: to.imports.filter(missingIn(from.imports)),
      removed: from.imports.filter(missingIn(to.imports)),
    },
    entries: {
      added: to.entries
        .filter(missingIn(from.entries))
        .map((name) => ({ name, after: to.entries[to.entries.indexOf(name) - 1] })),
      removed: from.entries.filter(missingIn(to.entries)),
    },
  };
}

/** @returns undefined if the text does not look like a table */
export function changeTable(text: string, change: TableChange): string | undefined {
  const table = readTable(text);
  if (table === undefined) return undefined;
  const entries = table.entries.filter((entry) => !change.entries.removed.includes(entry));
  for (const { name, after } of change.entries.added) {
    if (entries.includes(name)) continue;
    const at = after === undefined ? -1 : entries.indexOf(after);
    entries.splice(at === -1 ? entries.length : at + 1, 0, name);
  }
  const listed = text.replace(
    listing,
    (_, start: string) => `${start}${spellList(start, entries)};`,
  );
  return changeImports(listed, change.imports);
}

function spellList(start: string, entries: readonly string[]): string {
  const line = `[${entries.join(', ')}]`;
  if (start.length + line.length + 1 <= width) return line;
  return `[\n${entries.map((entry) => `  ${entry},\n`).join('')}]`;
}

function changeImports(text: string, { added, removed }: TableChange['imports']): string {
  const lines = text.split('\n').filter((line) => !removed.includes(line));
  for (const line of added) {
    if (lines.includes(line)) continue;
    const next = lines.findIndex(
      (other) => importLine.test(other) && compareSources(sourceOf(line), sourceOf(other)) < 0,
    );
    const last = lines.findLastIndex((other) => importLine.test(other));
    lines.splice(next === -1 ? last + 1 : next, 0, line);
  }
  return lines.join('\n');
}

function sourceOf(line: string): string {
  return importLine.exec(line)?.[1] ?? '';
}

/** As formatters sort imports: packages, then what is farther away, then by name. */
function compareSources(left: string, right: string): number {
  const distance = (source: string) =>
    source.startsWith('../') ? 1 : source.startsWith('./') ? 2 : 0;
  return distance(left) - distance(right) || left.localeCompare(right, 'en', { numeric: true });
}
