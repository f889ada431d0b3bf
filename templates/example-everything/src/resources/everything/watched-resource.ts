import { readWatched, watchedUri } from '../../watched.js';
import type { Resource } from '../resource.js';

/** A text that the tool `change_watched_resource` changes: clients that subscribed are told. */
export const watchedResource: Resource = {
  register(server) {
    server.registerResource(
      'watched-resource',
      watchedUri,
      { title: 'A text that changes', description: 'Subscribe to it.', mimeType: 'text/plain' },
      () => ({ contents: [{ uri: watchedUri, mimeType: 'text/plain', text: readWatched() }] }),
    );
  },
};
