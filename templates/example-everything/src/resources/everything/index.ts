import type { Resource } from '../resource.js';
import { recordTemplate } from './record-template.js';
import { staticBinary } from './static-binary.js';
import { staticText } from './static-text.js';
import { watchedResource } from './watched-resource.js';

/** One of each kind of resource there is. */
export const everything: readonly Resource[] = [
  staticText,
  staticBinary,
  recordTemplate,
  watchedResource,
];
