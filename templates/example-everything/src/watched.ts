// Something that changes while clients look at it.
import { changes } from './changes.js';

export const watchedUri = 'test://watched-resource';

let text = 'Nothing has changed yet.';

export function readWatched(): string {
  return text;
}

/** Changes the text, and tells every client that asked to be told. */
export function changeWatched(to: string): void {
  text = to;
  changes.publish({ kind: 'resource_updated', uri: watchedUri });
}
