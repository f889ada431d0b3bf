/** What a fault is, and how it is judged. */
import type { Report } from '../bench/report.js';

/**
 * Writes down one thing that was looked at.
 * @param what which server, and what happened to it
 * @param expected what has to be seen
 * @param holds whether it was
 */
export type Look = (what: string, expected: string, seen: string, holds: boolean) => void;

export interface Fault {
  name: string;
  /** What is done, in a sentence or two. */
  about: string;
  /** @param report for what is not judged */
  cause(look: Look, options: Options, report: Report): Promise<void>;
}

export interface Options {
  /** How long the soak takes. */
  minutes: number;
  /** How many malformed requests a server gets. */
  requests: number;
  /** What malformed requests are generated from. */
  seed: number;
}
