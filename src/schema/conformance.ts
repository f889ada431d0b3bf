/** What `conformance --json` prints; docs/conformance.md explains the cases. */
import { z } from 'zod';
import type { Constant } from './constant.js';

const text = z.string();

const common = {
  id: text.meta({ description: 'Stable' }),
  group: text,
  title: text.meta({ description: 'What a good server does' }),
  level: z.enum(['MUST', 'SHOULD', 'ADVICE']),
  rule: z.strictObject({ name: text, url: text }),
};

export const conformance = z
  .strictObject({
    ok: z.boolean().meta({ description: 'Every rule is kept that says MUST' }),
    kind: z.literal('conformance'),
    url: text,
    tokens: z.enum(['jwt', 'opaque']),
    probe: text.meta({ description: 'What all cases send' }),
    passed: z.int(),
    failed: z.strictObject({ MUST: z.int(), SHOULD: z.int(), ADVICE: z.int() }),
    skipped: z.int(),
    cases: z.array(
      z.union([
        z.strictObject({
          ...common,
          outcome: z.enum(['passed', 'failed']),
          request: text,
          expected: text,
          seen: text,
        }),
        z.strictObject({ ...common, outcome: z.literal('skipped'), reason: text }),
      ]),
    ),
  })
  .meta({ id: 'conformance', description: 'create-mcp-server conformance' });

export type Conformance = Constant<z.infer<typeof conformance>>;
