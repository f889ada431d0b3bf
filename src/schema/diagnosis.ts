/** What `doctor --json` prints; docs/doctor.md explains it. */
import { z } from 'zod';
import type { Constant } from './constant.js';

const advice = z.strictObject({
  id: z.string(),
  title: z.string(),
  text: z.string(),
  page: z.string().exactOptional(),
});

const finding = z.strictObject({
  id: z.string().meta({ description: 'Stable; docs/doctor.md explains each' }),
  check: z.string(),
  level: z.enum(['ok', 'note', 'warning', 'problem']),
  title: z.string(),
  seen: z.record(z.string(), z.string()).meta({ description: 'What was seen, by name' }),
  why: z.string().exactOptional(),
  cure: z.string().exactOptional(),
  page: z.string().exactOptional().meta({ description: 'The address of the rule' }),
  provider: advice.exactOptional().meta({ description: 'What the preset adds' }),
});

export const diagnosis = z
  .strictObject({
    ok: z.boolean().meta({ description: 'There is no problem; warnings do not count' }),
    kind: z.literal('diagnosis'),
    url: z.string(),
    first: z.string().nullable().meta({ description: 'The identifier of what to mend first' }),
    problems: z.int(),
    warnings: z.int(),
    provider: z.string().nullable().meta({ description: 'The preset that knows the issuer' }),
    findings: z.array(finding),
    skipped: z.array(z.string()).meta({ description: 'What was not looked at: sentences' }),
  })
  .meta({ id: 'diagnosis', description: 'create-mcp-server doctor' });

export type DiagnosisOutput = Constant<z.infer<typeof diagnosis>>;
