/**
 * The tool that every measured server offers any number of times under different names; much like
 * the example in a generated project. Each call writes its schemas anew: generated servers make one
 * call per tool, the SDK's default set-up one per tool and request.
 */
import { z } from 'zod';

const scales = ['celsius', 'fahrenheit', 'kelvin'] as const;
type Scale = (typeof scales)[number];
/** Where each scale has the freezing point of water, and its degrees per degree Celsius. */
const zero = { celsius: 0, fahrenheit: 32, kelvin: 273.15 };
const size = { celsius: 1, fahrenheit: 1.8, kelvin: 1 };

export function convertTool(index: number) {
  const scale = z.enum(scales);
  return {
    name: `convert_temperature_${index}`,
    title: 'Convert a temperature',
    description: 'Converts a temperature between Celsius, Fahrenheit and Kelvin.',
    inputSchema: z.object({
      value: z.number().describe('The temperature to convert'),
      from: scale.describe('The scale that the value is given in'),
      to: scale.describe('The scale to convert to'),
    }),
    outputSchema: z.object({
      value: z.number().describe('The converted temperature'),
      scale: scale.describe('The scale of the converted temperature'),
    }),
    annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: false },

    run({ value, from, to }: { value: number; from: Scale; to: Scale }) {
      const celsius = (value - zero[from]) / size[from];
      const converted = { value: celsius * size[to] + zero[to], scale: to };
      return {
        content: [{ type: 'text' as const, text: `${value} ${from} = ${converted.value} ${to}` }],
        structuredContent: converted,
      };
    },
  };
}
