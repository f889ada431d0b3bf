import { everything } from './everything/index.js';
import { explainTemperature } from './explain-temperature.js';
import type { Prompt } from './prompt.js';

/** Every prompt of this server. */
export const prompts: readonly Prompt[] = [explainTemperature, ...everything];
