import { referencePoints } from '../temperature.js';
import type { Resource } from './resource.js';

const uri = 'temperature://reference-points';
const text = JSON.stringify(referencePoints, null, 2);

export const referencePointsResource: Resource = {
  register(server) {
    server.registerResource(
      'reference-points',
      uri,
      {
        title: 'Reference points',
        description: 'Well-known temperatures in degrees Celsius, by name.',
        mimeType: 'application/json',
        // The data changes only with a release: let 2026-era clients keep it for an hour.
        cacheHint: { ttlMs: 3_600_000, cacheScope: 'public' },
      },
      () => ({ contents: [{ uri, mimeType: 'application/json', text }] }),
    );
  },
};
