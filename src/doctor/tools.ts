/** What checks work with: nothing else of the world reaches them. */
import type { Http } from './http.js';

export interface Tools {
  readonly http: Http;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
