import type { Resource } from './resource.js';

const uri = 'app://new-resource';
const data = { greeting: 'Hello' };

export const newResource: Resource = {
  register(server) {
    server.registerResource(
      'new-resource',
      uri,
      {
        title: 'New resource',
        description: 'A greeting.',
        mimeType: 'application/json',
      },
      () => ({ contents: [{ uri, mimeType: 'application/json', text: JSON.stringify(data) }] }),
    );
  },
};
