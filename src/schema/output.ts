/**
 * What --json prints, document by document. The types of what is printed follow from it, and so
 * does the published schema. Nothing here is loaded by the command: it only needs the types.
 */
import { z } from 'zod';
import { choices } from './choices.js';
import { conformance } from './conformance.js';
import type { Constant } from './constant.js';
import { diagnosis } from './diagnosis.js';
import { provider } from './provider.js';

const texts = z.array(z.string());

const setting = z.strictObject({
  name: z.string().meta({ description: 'The environment variable' }),
  explanation: z.string().meta({ description: 'What it is, and where it comes from' }),
  secret: z.boolean().meta({ description: 'Whether it must not be shown, logged or committed' }),
});

const environment = z
  .strictObject({
    file: z.string().meta({ description: 'The file that the server reads, in the project' }),
    values: z
      .record(z.string(), z.string())
      .meta({ description: 'What is set there; without secrets' }),
    missing: z
      .array(setting)
      .meta({ description: 'What only a person knows, and has to be set before the first start' }),
  })
  .meta({ description: 'The settings of the server' });

const urls = z
  .strictObject({
    mcp: z.string().meta({ description: 'The address for MCP clients' }),
    health: z.string(),
    metadata: z
      .string()
      .exactOptional()
      .meta({ description: 'Protected resource metadata (RFC 9728); only with OAuth' }),
    issuer: z
      .string()
      .exactOptional()
      .meta({ description: 'Where people log in; only with OAuth' }),
    redirect: z.string().exactOptional().meta({
      description: 'The redirect URI to register at the provider; only in the mode proxy',
    }),
  })
  .meta({ description: 'What is served once it runs, with the settings as they are' });

const step = z.strictObject({
  title: z.string(),
  command: z
    .string()
    .exactOptional()
    .meta({ description: 'Run it in the directory; absent: a person has to do it' }),
  endless: z
    .literal(true)
    .exactOptional()
    .meta({ description: 'It runs until it is stopped: start it in the background' }),
});

const oauth = z.strictObject({
  provider: z.string(),
  mode: z.enum(['jwt', 'introspection', 'proxy']),
  development: z
    .boolean()
    .meta({ description: 'Whether the project brings an identity provider for development' }),
  values: z
    .record(z.string(), z.string())
    .meta({ description: 'The settings of the preset, defaults included' }),
  issuer: z.string(),
  audience: z.string().meta({ description: 'Empty where no token names one' }),
  scopes: texts.meta({ description: 'What every request needs' }),
  guide: z.string().meta({ description: 'The file that explains everything, in the project' }),
  steps: texts.meta({ description: 'What a person has to do at the provider: Markdown' }),
});

const project = {
  name: z.string(),
  directory: z.string().meta({ description: 'Absolute' }),
  command: z.string().meta({ description: 'Makes the same files again, quoted for a POSIX shell' }),
  options: choices.meta({ description: 'Every option, defaults included: makes the same again' }),
  oauth: oauth.nullable().meta({ description: 'null: the endpoint is open' }),
  environment,
  urls,
  replaced: texts.meta({ description: 'Files that take the place of others' }),
  notes: texts.meta({ description: 'What to know about this run: sentences' }),
  next: z.array(step).meta({ description: 'What to do now, in order' }),
};

const created = z
  .strictObject({
    ok: z.literal(true),
    kind: z.literal('created'),
    ...project,
    files: texts.meta({ description: 'Paths in the directory, with forward slashes' }),
    installed: z.boolean(),
    committed: z.boolean(),
  })
  .meta({ id: 'created', description: 'A project was written' });

const plan = z
  .strictObject({
    ok: z.literal(true),
    kind: z.literal('plan'),
    ...project,
    files: z.array(
      z.strictObject({ path: z.string(), size: z.int().meta({ description: 'Bytes' }) }),
    ),
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .meta({ id: 'plan', description: 'What would be written: --dry-run' });

const changes = {
  name: z.string(),
  directory: z.string().meta({ description: 'Absolute' }),
  changes: z
    .array(
      z.strictObject({
        path: z.string(),
        action: z
          .enum(['create', 'replace', 'merge', 'change', 'remove'])
          .meta({ description: 'replace: nobody had touched it; merge: with what somebody did' }),
      }),
    )
    .meta({ description: 'Files that are written or removed' }),
  kept: z
    .array(
      z.strictObject({
        path: z.string(),
        reason: z.enum(['changed', 'deleted']).meta({
          description:
            'changed: no longer generated, but somebody changed it; deleted: generated anew, but somebody had removed it',
        }),
      }),
    )
    .meta({ description: 'Files that stay as somebody made them' }),
  conflicts: z.array(z.strictObject({ path: z.string(), reasons: texts })).meta({
    description: 'Files that a person has to look at: --conflicts says what becomes of them',
  }),
  settings: z
    .strictObject({
      set: texts.meta({ description: 'Lines, in the place of those that set the same variables' }),
      unused: texts.meta({ description: 'Variables that nothing reads any more' }),
    })
    .meta({ description: 'What a person has to change in .env, which nobody else writes to' }),
  notes: texts.meta({ description: 'What to know about this run: sentences' }),
};

const changed = z
  .strictObject({
    ok: z.literal(true),
    kind: z.literal('changed'),
    ...changes,
    installed: z.boolean(),
    next: z.array(step).meta({ description: 'What to do now, in order' }),
  })
  .meta({ id: 'changed', description: 'A project was changed: create-mcp-server add, upgrade' });

const changePlan = z
  .strictObject({
    ok: z.literal(true),
    kind: z.literal('change-plan'),
    ...changes,
    diff: z.string().meta({ description: 'Unified' }),
  })
  .meta({ id: 'change-plan', description: 'What would be changed: --dry-run' });

const failure = z
  .strictObject({
    ok: z.literal(false),
    kind: z.literal('error'),
    error: z.strictObject({
      code: z
        .string()
        .regex(/^[A-Z_]+$/)
        .meta({ description: 'Stable; the texts are not' }),
      message: z.string().meta({ description: 'What happened' }),
      why: z.string(),
      fix: z.string().meta({ description: 'What to do next' }),
      exitStatus: z
        .literal([1, 2, 130])
        .meta({ description: '1: it failed; 2: the command was wrong; 130: it was cancelled' }),
      option: z.string().exactOptional().meta({
        description: 'The option that it is about, with its dashes, or the name of the argument',
      }),
      choices: texts.exactOptional().meta({ description: 'What could be given instead' }),
      command: z
        .string()
        .exactOptional()
        .meta({ description: 'A command that goes on from here, quoted for a POSIX shell' }),
      usage: z
        .string()
        .exactOptional()
        .meta({ description: 'All there is to choose, if the command was wrong' }),
    }),
  })
  .meta({ id: 'error', description: 'It did not work, whatever the command was' });

const providers = z
  .strictObject({
    ok: z.literal(true),
    kind: z.literal('providers'),
    providers: z.array(provider),
  })
  .meta({ id: 'providers', description: 'Every preset: create-mcp-server providers' });

const oneProvider = z
  .strictObject({ ok: z.literal(true), kind: z.literal('provider'), provider })
  .meta({ id: 'one-provider', description: 'One preset: create-mcp-server providers ID' });

/** Every document that --json can print. */
export const output = z.union([
  created,
  plan,
  changed,
  changePlan,
  failure,
  providers,
  oneProvider,
  diagnosis,
  conformance,
]);

export type Created = Constant<z.infer<typeof created>>;
export type PlanOutput = Constant<z.infer<typeof plan>>;
export type ChangedOutput = Constant<z.infer<typeof changed>>;
export type ChangePlanOutput = Constant<z.infer<typeof changePlan>>;
export type Failure = Constant<z.infer<typeof failure>>;
export type Step = Constant<z.infer<typeof step>>;
export type Environment = Constant<z.infer<typeof environment>>;
export type OAuthOutput = Constant<z.infer<typeof oauth>>;
export type Urls = Constant<z.infer<typeof urls>>;
