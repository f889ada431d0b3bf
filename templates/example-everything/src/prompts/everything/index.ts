import type { Prompt } from '../prompt.js';
import { askingPrompt } from './asking-prompt.js';
import { promptWithArguments } from './prompt-with-arguments.js';
import { promptWithEmbeddedResource } from './prompt-with-embedded-resource.js';
import { promptWithImage } from './prompt-with-image.js';
import { simplePrompt } from './simple-prompt.js';

/** One of each kind of prompt there is. */
export const everything: readonly Prompt[] = [
  simplePrompt,
  promptWithArguments,
  promptWithEmbeddedResource,
  promptWithImage,
  askingPrompt,
];
