import { z } from 'zod';
import { absoluteZero, scales, toCelsius, toScale } from '../temperature.js';
import { defineTool } from './tool.js';

const scale = z.enum(scales);

export const convertTemperature = defineTool({
  name: 'convert_temperature',
  title: 'Convert a temperature',
  description: 'Converts a temperature between Celsius, Fahrenheit and Kelvin.',
  inputSchema: z.object({
    value: z.number().describe('The temperature to convert'),
    from: scale.describe('The scale that the value is given in'),
    to: scale.describe('The scale to convert to'),
  }),
  outputSchema: z.object({
    value: z.number().describe('The converted temperature, rounded to hundredths'),
    scale: scale.describe('The scale of the converted temperature'),
  }),
  annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: false },

  run({ value, from, to }) {
    const celsius = toCelsius(value, from);
    if (celsius < absoluteZero) {
      // An error the model can act on is a result; thrown errors are for what nobody expected.
      return {
        isError: true,
        content: [
          {
            type: 'text',
            text: `${value} ${from} is below absolute zero (${toScale(absoluteZero, from)} ${from}); check the value and its scale.`,
          },
        ],
      };
    }
    const converted = { value: toScale(celsius, to), scale: to };
    return {
      content: [{ type: 'text', text: `${value} ${from} = ${converted.value} ${to}` }],
      structuredContent: converted,
    };
  },
});
