import { convertTemperature } from './convert-temperature.js';
import type { Tool } from './tool.js';
import { whoami } from './whoami.js';

/** Every tool of this server. */
export const tools: readonly Tool[] = [convertTemperature, whoami];
