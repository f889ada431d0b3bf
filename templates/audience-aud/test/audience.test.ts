import { expect, it } from 'vitest';
import { checkAudience } from '../src/auth/audience.js';

const audience = 'https://mcp.example.com/mcp';

it.each([
  [audience],
  [[audience, 'https://other.example']],
  [`${audience}/`],
  ['HTTPS://MCP.Example.com/mcp'],
])('%j is ours', (aud) => {
  expect(() => checkAudience({ aud }, [audience])).not.toThrow();
});

it.each([
  ['https://other.example'],
  [[]],
  [undefined],
  [`${audience}//`],
  [`${audience}x`],
  ['https://mcp.example.com/MCP'],
  ['https://mcp.example.com/x/../mcp'],
  ['https:mcp.example.com/mcp'],
  [` ${audience}`],
  [`${audience}\n`],
  [7],
  [{ [audience]: audience }],
])('%j is not', (aud) => {
  expect(() => checkAudience({ aud }, [audience])).toThrow('issued for another audience');
});

it('may be one of several', () => {
  expect(() => checkAudience({ aud: 'b' }, ['a', 'b'])).not.toThrow();
  expect(() => checkAudience({ aud: 'c' }, ['a', 'b'])).toThrow();
});

it('is not looked at when none is expected', () => {
  expect(() => checkAudience({ aud: 'x' }, [])).not.toThrow();
});
