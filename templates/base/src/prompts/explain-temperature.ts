import { completable } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { scales } from '../temperature.js';
import { definePrompt } from './prompt.js';

export const explainTemperature = definePrompt({
  name: 'explain_temperature',
  title: 'Explain a temperature',
  description: 'Asks what a temperature means in everyday life.',
  argsSchema: z.object({
    value: z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .describe('The temperature, a number'),
    scale: completable(z.enum(scales).describe('celsius, fahrenheit or kelvin'), (typed) =>
      scales.filter((scale) => scale.startsWith(typed)),
    ),
  }),

  render({ value, scale }) {
    const text = `What does ${value} ${scale} feel like, and where would a person meet it? Use the reference points of this server for comparison, and convert with its tool where that helps.`;
    return { messages: [{ role: 'user', content: { type: 'text', text } }] };
  },
});
