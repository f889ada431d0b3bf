/** Puts what follows from the code and from the results into docs/conformance.md. */
import { describeCases } from '../src/conformance/document.js';
import { describePeers } from './document.js';
import type { PeerResult } from './results.js';

/** @returns the document, with the parts between its marks replaced */
export function fillConformance(document: string, results: readonly PeerResult[]): string {
  const parts = { cases: describeCases(), peers: describePeers(results) };
  return Object.entries(parts).reduce((text, [name, part]) => {
    const [start, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
    const [before, after] = [text.indexOf(start), text.indexOf(end)];
    if (before < 0 || after < before)
      throw new Error(`docs/conformance.md has lost its mark ${name}`);
    return `${text.slice(0, before + start.length)}\n${part}\n\n${text.slice(after)}`;
  }, document);
}
