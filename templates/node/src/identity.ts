// What the server calls itself: what package.json says.
import { createRequire } from 'node:module';

export const { name, version } = createRequire(import.meta.url)('../package.json') as {
  name: string;
  version: string;
};
