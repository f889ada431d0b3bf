/** Directories that exist for one test. */
import { lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty directory outside any repository, removed when the test has ended. */
export function makeTemporaryDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'create-mcp-server-test-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Everything below a directory: path → kind and contents. Two equal snapshots: nothing changed. */
export function snapshotTree(root: string): Record<string, string> {
  const tree: Record<string, string> = {};
  for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
    const full = join(root, path);
    const stats = lstatSync(full);
    if (stats.isDirectory()) tree[path] = 'directory';
    else if (stats.isSymbolicLink()) tree[path] = `link to ${readlinkSync(full)}`;
    else tree[path] = readFileSync(full, 'utf8');
  }
  return tree;
}
