/**
 * The whole command: parse → ask → resolve → plan → render | write → install → git → report.
 * Everything before the bar leaves the disk alone.
 */
import { inspect } from 'node:util';
import {
  type ConformanceFlags,
  type DoctorFlags,
  type Flags,
  parseArguments,
  type Request,
  wantsJson,
} from './cli.js';
import { parseDirectory } from './directory.js';
import { asCommandError, ExitStatus } from './errors.js';
import { generateProject } from './generate.js';
import { commitProject } from './git.js';
import { installDependencies } from './install.js';
import { collectNotes, noteKept } from './notes.js';
import { resolveProvider } from './oauth-options.js';
import { resolveOptions, type Surroundings } from './options.js';
import { detectPackageManager } from './package-manager.js';
import { describeProvider, describeProviders } from './providers/describe.js';
import { providers } from './providers/index.js';
import * as report from './report.js';
import { errorToJson, outcomeToJson, previewToJson } from './result.js';
import { readSchema } from './schema-file.js';
import { fillSecrets } from './secrets.js';
import { explainSynopsis, synopsisOf } from './synopsis.js';
import { findExisting, inspectTarget } from './target.js';
import { createStyle, type Input, type Output, reasonForSilence } from './terminal.js';
import { writeProject } from './write.js';

/** Everything the command needs from the world around it. */
export interface World {
  /** The arguments alone, without node and the script. */
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Milliseconds, from any starting point. */
  readonly now: () => number;
  /** That many, for secrets. */
  readonly randomBytes: (size: number) => Buffer;
  /** Aborted on SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  /** The path of templates/. */
  readonly templates: string;
  /** The path of schema/. */
  readonly schemas: string;
  readonly version: string;
}

/** Runs the command; never throws. */
export async function main(world: World): Promise<ExitStatus> {
  const json = wantsJson(world.argv);
  try {
    const request = parseArguments(world.argv, world.version);
    if (request.kind === 'print') world.stdout.write(request.text);
    else if (request.kind === 'providers') showProviders(request.flags.id, json, world);
    else if (request.kind === 'schema') {
      world.stdout.write(readSchema(world.schemas, request.flags.name));
    } else if (request.kind === 'doctor') return await diagnose(request.flags, json, world);
    else if (request.kind === 'conformance') return await test(request.flags, json, world);
    else if (request.kind === 'scaffold') await scaffold(request.flags, json, world);
    else await change(request, json, world);
    return ExitStatus.done;
  } catch (thrown) {
    const error = asCommandError(thrown, world.signal);
    if (json) printJson(world, errorToJson(error, synopsisOf(world.argv)));
    else world.stderr.write(report.describeError(error, createStyle(world.stderr, world.env)));
    if (world.env.DEBUG === 'create-mcp-server') world.stderr.write(`${inspect(error)}\n`);
    return error.exitStatus;
  }
}

async function scaffold(given: Flags, json: boolean, world: World): Promise<void> {
  const { cwd, home, env, stdout, stderr, signal } = world;
  const surroundings = { cwd, home, userAgent: env.npm_config_user_agent };
  const unasked = reasonForSilence(world);
  if (unasked !== undefined && !json) stderr.write(explainSynopsis(unasked, given, surroundings));
  const silence = json ? '--json asks nothing' : given.yes ? '--yes asks nothing' : unasked;

  const flags = silence === undefined ? await ask(given, surroundings, world) : given;
  // Not before: how long somebody thinks is not how long this takes.
  const started = world.now();
  const options = resolveOptions(flags, { ...surroundings, silence });
  const state = inspectTarget(options.target, options.overwrite);
  const project = fillSecrets(await generateProject(options, world), world.randomBytes);
  const { files } = project;
  const { replaced, kept } =
    state === 'occupied' ? findExisting(options.target, files) : { replaced: [], kept: [] };
  if (flags.dryRun) {
    const preview = { options, project, replaced, notes: noteKept(kept) };
    if (json) printJson(world, previewToJson(preview));
    else stdout.write(report.describePreview(preview, createStyle(stdout, env)));
    return;
  }

  const leftovers = await writeProject({ target: options.target, state, files, signal });
  if (options.install) await installDependencies({ options, env, signal, stderr });
  const git = options.git ? await commitProject({ options, state, env, signal }) : undefined;

  const seconds = (world.now() - started) / 1000;
  const outcome = {
    options,
    project,
    replaced,
    committed: git?.committed ?? false,
    notes: collectNotes({ options, kept, leftovers, git }),
    seconds,
  };
  if (json) printJson(world, outcomeToJson(outcome));
  else stdout.write(report.describeOutcome(outcome, createStyle(stdout, env)));
}

async function ask(flags: Flags, surroundings: Surroundings, world: World): Promise<Flags> {
  const { askMissing } = await import('./prompts.js');
  return askMissing(flags, {
    input: world.stdin,
    output: world.stdout,
    signal: world.signal,
    packageManagerKnown: detectPackageManager(surroundings.userAgent) !== undefined,
    checkDirectory: (directory) =>
      inspectTarget(parseDirectory(directory, surroundings).target, flags.overwrite),
  });
}

/** Loaded only when asked for: scaffolding needs none of it. */
async function change(request: ChangeRequest, json: boolean, world: World): Promise<void> {
  const { runAdd, runUpgrade } = await import('./add/command.js');
  if (request.kind === 'add') await runAdd(request.flags, json, world);
  else await runUpgrade(request.flags, json, world);
}

type ChangeRequest = Extract<Request, { kind: 'add' | 'upgrade' }>;

/** The same. */
async function diagnose(flags: DoctorFlags, json: boolean, world: World): Promise<ExitStatus> {
  const { runDoctor } = await import('./doctor/command.js');
  return runDoctor(flags, json, world);
}

/** Loaded only when asked for, too. */
async function test(flags: ConformanceFlags, json: boolean, world: World): Promise<ExitStatus> {
  const { runConformance } = await import('./conformance/command.js');
  return runConformance(flags, json, world);
}

function showProviders(id: string | undefined, json: boolean, world: World): void {
  const style = createStyle(world.stdout, world.env);
  if (id === undefined) {
    if (json) printJson(world, { ok: true, kind: 'providers', providers });
    else world.stdout.write(describeProviders(providers, style));
    return;
  }
  const provider = resolveProvider(id, 'id');
  if (json) printJson(world, { ok: true, kind: 'provider', provider });
  else world.stdout.write(describeProvider(provider, style));
}

function printJson({ stdout }: World, value: object): void {
  stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
