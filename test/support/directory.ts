/** Directories that exist for one test. */
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty directory outside any repository, removed when the test has ended. */
export function makeTemporaryDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'create-mcp-server-test-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Everything below a directory: path → kind or contents. Two equal snapshots: nothing changed. */
export function snapshotTree(root: string, prefix = ''): Record<string, string> {
  const tree: Record<string, string> = {};
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    const full = join(root, entry.name);
    const path = prefix + entry.name;
    if (entry.isDirectory()) {
      Object.assign(tree, { [path]: 'directory' }, snapshotTree(full, `${path}/`));
    } else if (entry.isSymbolicLink()) tree[path] = `link to ${readlinkSync(full)}`;
    else tree[path] = readFileSync(full, 'utf8');
  }
  return tree;
}
