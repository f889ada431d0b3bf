import type { Tool } from '../tool.js';
import { askModel } from './ask-model.js';
import { askName } from './ask-name.js';
import { askRoots } from './ask-roots.js';
import { askSeveral } from './ask-several.js';
import { askWithinCapabilities } from './ask-within-capabilities.js';
import { audioContent } from './audio-content.js';
import { changeWatchedResource } from './change-watched-resource.js';
import { elicitation } from './elicitation.js';
import { elicitationDefaults } from './elicitation-defaults.js';
import { elicitationEnums } from './elicitation-enums.js';
import { embeddedResource } from './embedded-resource.js';
import { errorHandling } from './error-handling.js';
import { headerArgument } from './header-argument.js';
import { imageContent } from './image-content.js';
import { jsonSchema } from './json-schema.js';
import { logLevels } from './log-levels.js';
import { logging } from './logging.js';
import { multipleContentTypes } from './multiple-content-types.js';
import { needsCapability } from './needs-capability.js';
import { progress } from './progress.js';
import { progressThenQuestion } from './progress-then-question.js';
import { refuseTampering } from './refuse-tampering.js';
import { rememberState } from './remember-state.js';
import { sampling } from './sampling.js';
import { severalRounds } from './several-rounds.js';
import { simpleText } from './simple-text.js';

/** One tool for each thing a tool can do. */
export const everything: readonly Tool[] = [
  // What a result can hold.
  simpleText,
  imageContent,
  audioContent,
  embeddedResource,
  multipleContentTypes,
  errorHandling,
  // What a tool can tell while it works, and afterwards.
  progress,
  logging,
  logLevels,
  changeWatchedResource,
  // What an argument can be.
  jsonSchema,
  headerArgument,
  // Whom a tool can ask.
  elicitation,
  elicitationDefaults,
  elicitationEnums,
  askName,
  sampling,
  askModel,
  askRoots,
  askSeveral,
  askWithinCapabilities,
  needsCapability,
  progressThenQuestion,
  // What a tool can remember between its questions.
  rememberState,
  severalRounds,
  refuseTampering,
];
