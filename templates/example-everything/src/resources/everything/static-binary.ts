import { redSquare } from '../../media.js';
import type { Resource } from '../resource.js';

const uri = 'test://static-binary';

/** Bytes: what is not text travels as base64, in `blob`. */
export const staticBinary: Resource = {
  register(server) {
    server.registerResource(
      'static-binary',
      uri,
      { title: 'A picture', description: 'A red square.', mimeType: 'image/png' },
      () => ({ contents: [{ uri, mimeType: 'image/png', blob: redSquare }] }),
    );
  },
};
