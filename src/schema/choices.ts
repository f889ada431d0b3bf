/** Stands for the schema of the options, which is made of their table and of the presets. */
import { z } from 'zod';
import type { RecordedOptions } from '../record.js';

export const choices = z
  .custom<RecordedOptions & { directory: string; install: boolean; git: boolean }>()
  .meta({ id: 'options' });
