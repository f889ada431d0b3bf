import { MCPTool } from 'mcp-framework';
import { z } from 'zod';
import { convertTool } from '../../../convert-tool.ts';

const { name, description, run } = convertTool(0);
const scale = z.enum(['celsius', 'fahrenheit', 'kelvin']);

/** It finds tools by their place, one class in each file; its schemas are of Zod 3. */
export default class ConvertTemperature extends MCPTool {
  name = name;
  description = description;
  schema = z.object({
    value: z.number().describe('The temperature to convert'),
    from: scale.describe('The scale that the value is given in'),
    to: scale.describe('The scale to convert to'),
  });

  async execute(input) {
    return run(input).structuredContent;
  }
}
