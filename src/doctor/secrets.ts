/** Keeps secrets out of everything that is shown, even where a server repeats them. */
import type { Finding } from './finding.js';

/** So much of a secret in a row is never shown. */
const window = 8;

export interface Secrets {
  add(secret: string): void;
  /** A text without any part of a secret that is longer than a word. */
  redact(text: string): string;
  redactFinding(finding: Finding): Finding;
}

export function createSecrets(): Secrets {
  const parts = new Set<string>();

  /** Marks every piece of the text that is a piece of a secret. */
  function redact(text: string): string {
    if (parts.size === 0) return text;
    let shown = '';
    let end = 0;
    for (let start = 0; start < text.length; start++) {
      if (parts.has(text.slice(start, start + window))) {
        if (start >= end) shown += '[secret]';
        end = start + window;
      } else if (start >= end) shown += text[start];
    }
    return shown;
  }

  return {
    add(secret) {
      // What is shorter is no secret that anybody could keep.
      for (let start = 0; start + window <= secret.length; start++) {
        parts.add(secret.slice(start, start + window));
      }
    },
    redact,
    redactFinding: (finding) => ({
      ...finding,
      seen: Object.fromEntries(
        Object.entries(finding.seen).map(([name, value]) => [redact(name), redact(value)]),
      ),
    }),
  };
}
