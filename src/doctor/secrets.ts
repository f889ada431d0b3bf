/** Keeps secrets out of everything that is shown, even where a server repeats them. */
import type { Finding } from './finding.js';

/** So much of a secret in a row is never shown. */
const window = 8;

/** What strangers call a secret has to look like one: so many characters, none of them a space. */
const shortestIssued = 16;

export interface Secrets {
  /** A secret of the person, or of our own. */
  add(secret: string): void;
  /**
   * A secret that a provider made up. It could choose words of the report, to blank them: so what is
   * too short to be a secret, and what was known before, stays readable.
   */
  addIssued(secret: string): void;
  /** A text that is no secret, whatever a provider says later. */
  spare(text: string): void;
  /** A text without any part of a secret that is longer than a word. */
  redact(text: string): string;
  redactFinding(finding: Finding): Finding;
}

export function createSecrets(): Secrets {
  const parts = new Set<string>();
  const spared = new Set<string>();

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
    // What is shorter than a piece is no secret that anybody could keep.
    add(secret) {
      for (const piece of piecesOf(secret)) parts.add(piece);
    },
    addIssued(secret) {
      if (secret.length < shortestIssued || /\s/.test(secret)) return;
      for (const piece of piecesOf(secret)) if (!spared.has(piece)) parts.add(piece);
    },
    spare(text) {
      for (const piece of piecesOf(text)) spared.add(piece);
    },
    redact,
    redactFinding: (finding) => ({
      ...finding,
      seen: Object.fromEntries(
        Object.entries(finding.seen).map(([name, value]) => [
          // Names are words of ours, except where they are addresses.
          URL.canParse(name) ? redact(name) : name,
          redact(value),
        ]),
      ),
    }),
  };
}

function piecesOf(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - window + 1) }, (_, start) =>
    text.slice(start, start + window),
  );
}
