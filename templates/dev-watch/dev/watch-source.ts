// When the server has to start again: its source, or its settings, were written.
import { type Dirent, type FSWatcher, readdirSync, watch } from 'node:fs';
import { join, sep } from 'node:path';

/**
 * Calls `changed` with the name of a source file, or `.env`, after it has been written.
 *
 * Folders are watched one by one: `recursive` loses files on Linux that editors replace.
 */
export function watchSource(changed: (file: string) => void): void {
  const watched = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  // Editors write in several steps, and keep swap files and backups beside the source.
  const report = (file: string) => {
    if (!/\.([cm]?[jt]s|json|env)$/.test(file)) return;
    clearTimeout(timer);
    timer = setTimeout(changed, 100, file);
  };
  const watchFolder = (folder: string) => {
    const watcher = watch(folder, (_event, file) => {
      if (!file) return;
      // If this was a folder, it is another one now, or none.
      forget(join(folder, file));
      watchBelow(folder, report);
      report(join(folder, file));
    });
    // Windows reports the deletion of a watched folder as an error.
    watched.set(
      folder,
      watcher.on('error', () => watcher.close()),
    );
  };
  const forget = (folder: string) => {
    for (const [path, watcher] of watched) {
      if (path !== folder && !path.startsWith(folder + sep)) continue;
      watcher.close();
      watched.delete(path);
    }
  };
  /** Watches new folders; what is in them already is reported to `found`. */
  const watchBelow = (folder: string, found: (file: string) => void) => {
    for (const entry of list(folder)) {
      const path = join(folder, entry.name);
      if (!entry.isDirectory() || watched.has(path)) continue;
      try {
        watchFolder(path);
      } catch {
        continue; // It was deleted in the meantime.
      }
      watchBelow(path, found);
      for (const { name } of list(path)) found(join(path, name));
    }
  };
  watchFolder('src');
  watchBelow('src', () => {});
  watch('.', (_event, file) => {
    if (file === '.env') report(file);
  });
}

function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
