/** The result of a run as values for JSON; src/schema/output.ts has their form. */
import { parseEnv } from 'node:util';
import { spellCommand } from './command.js';
import { defaultAudience, knownValues } from './defaults.js';
import { type CommandError, ExitStatus } from './errors.js';
import { explainSetting, missingSettings } from './missing-settings.js';
import { nextSteps } from './next-steps.js';
import type { OAuthOptions } from './oauth-options.js';
import type { Options } from './options.js';
import { passagesFor } from './providers/passages.js';
import { fill } from './providers/variables.js';
import { recordedOptions } from './record.js';
import type { RenderedProject } from './render.js';
import { dependenciesOf, type Outcome, type Preview } from './report.js';
import type {
  Created,
  Environment,
  Failure,
  OAuthOutput,
  PlanOutput,
  Urls,
} from './schema/output.js';
import { secretFile } from './secret-file.js';
import { redirectUri } from './upstream.js';

export function outcomeToJson({ project, committed, ...outcome }: Outcome): Created {
  return {
    ok: true,
    kind: 'created',
    ...describeProject(outcome.options, project),
    files: project.files.map(({ path }) => path),
    replaced: outcome.replaced,
    installed: outcome.options.install,
    committed,
    notes: outcome.notes,
    next: nextSteps(outcome.options),
  };
}

export function previewToJson({ options, project, replaced, notes }: Preview): PlanOutput {
  return {
    ok: true,
    kind: 'plan',
    ...describeProject(options, project),
    files: project.files.map(({ path, contents }) => ({ path, size: contents.length })),
    replaced,
    notes,
    next: nextSteps(options),
    ...dependenciesOf(project),
  };
}

/** @param usage the synopsis of the command */
export function errorToJson(error: CommandError, usage: string): Failure {
  const { code, message, why, fix, exitStatus, details } = error;
  const { option, choices, command } = details;
  return {
    ok: false,
    kind: 'error',
    error: {
      code,
      message,
      why,
      fix,
      exitStatus,
      ...(option !== undefined && { option }),
      ...(choices !== undefined && { choices }),
      ...(command !== undefined && { command }),
      ...(exitStatus === ExitStatus.usage && { usage }),
    },
  };
}

function describeProject(options: Options, project: RenderedProject) {
  const { name, directory, target, oauth, install, git } = options;
  return {
    name,
    directory: target,
    command: spellCommand(options, directory),
    options: { directory, ...recordedOptions(options), install, git },
    oauth: oauth === undefined ? null : describeOAuth(oauth),
    environment: describeEnvironment(options, project),
    urls: describeUrls(oauth),
  };
}

function describeOAuth(oauth: OAuthOptions): OAuthOutput {
  const { provider, mode, development } = oauth;
  // The development provider needs nothing to be done.
  const steps = development ? [] : passagesFor(provider.steps, mode);
  return {
    ...oauth,
    provider: provider.id,
    guide: 'OAUTH.md',
    steps: steps.map((step) => fill(step, knownValues(oauth))),
  };
}

/** What the server reads; AUTH_SECRET, which is made for the project, is nobody's to see. */
function describeEnvironment({ oauth }: Options, { files }: RenderedProject): Environment {
  const find = (path: string) => files.find((file) => file.path === path)?.contents.toString();
  const known = parseEnv(find(secretFile) ?? find(`${secretFile}.example`) ?? '');
  const shown = Object.entries(known).filter(([name, value]) => value && !/SECRET/.test(name));
  return {
    file: secretFile,
    values: Object.fromEntries(shown) as Record<string, string>,
    missing: missingSettings(oauth).map((name) => ({ name, ...explainSetting(name) })),
  };
}

function describeUrls(oauth: OAuthOptions | undefined): Urls {
  const { origin, pathname } = new URL(defaultAudience);
  return {
    mcp: defaultAudience,
    health: `${origin}/health`,
    ...(oauth !== undefined && {
      metadata: `${origin}/.well-known/oauth-protected-resource${pathname}`,
      issuer: oauth.issuer,
    }),
    ...(oauth?.mode === 'proxy' && { redirect: redirectUri }),
  };
}
