import { everything } from './everything/index.js';
import { referencePointsResource } from './reference-points.js';
import type { Resource } from './resource.js';

/** Every resource of this server. */
export const resources: readonly Resource[] = [referencePointsResource, ...everything];
