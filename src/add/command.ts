/**
 * `create-mcp-server add` and `upgrade`: record → options → plan and compare | write → install →
 * report. Everything before the bar leaves the project alone.
 */
import type { AddFlags, UpgradeFlags } from '../cli.js';
import { generateProject } from '../generate.js';
import { installDependencies } from '../install.js';
import type { World } from '../main.js';
import { collectNotes } from '../notes.js';
import type { Options } from '../options.js';
import type { ProjectRecord } from '../record.js';
import type { RenderedProject } from '../render.js';
import type { Step } from '../schema/output.js';
import { fillSecrets } from '../secrets.js';
import { createStyle } from '../terminal.js';
import { applyChanges, recover } from './apply.js';
import { createReadBase, type ReadBase, remakeProject } from './bases.js';
import { noteDangling } from './dangling.js';
import { parseFeature } from './feature.js';
import { createGit, describeDifferences, type Git } from './git.js';
import { changeLogin } from './login.js';
import { type PieceRequest, planPiece } from './pieces.js';
import { findFile, listFolder } from './project-files.js';
import { optionsOf, readRecord } from './read-record.js';
import { outdated, parseResolution, refuseConflicts, requireCleanWorkTree } from './refusals.js';
import { describeOutcome, type Outcome, outcomeToJson } from './report.js';
import { isSameGeneration, planUpdate, type Update } from './update.js';

/** What both commands work with. */
interface Session {
  readonly flags: UpgradeFlags;
  readonly json: boolean;
  readonly world: World;
  readonly record: ProjectRecord;
  /** What the record stands for. */
  readonly options: Options;
  readonly git: Git;
}

export async function runAdd(flags: AddFlags, json: boolean, world: World): Promise<void> {
  const request = parseFeature(flags);
  const session = await openProject(flags, json, world);
  if (!('flags' in request)) return addPiece(request, session);

  const { record, options } = session;
  const wanted = changeLogin(request, record, options);
  const before = await generateProject(options, world);
  if (!isSameGeneration(record, before)) throw outdated(record, world);
  const files = new Map(before.files.map(({ path, contents }) => [path, contents]));
  await update(session, {
    subject: `the login of ${wanted.oauth?.provider.title}`,
    options: wanted,
    project: await generateProject(wanted, world),
    readBase: async (path) => files.get(path),
  });
}

export async function runUpgrade(flags: UpgradeFlags, json: boolean, world: World): Promise<void> {
  const session = await openProject(flags, json, world);
  const { record, options, git } = session;
  const { env, signal, stderr } = world;
  const announce = (tool: string) => {
    stderr.write(`Making the project again with ${tool}, to see what you changed.\n`);
  };
  await update(session, {
    subject: `the state of version ${world.version}`,
    options,
    project: await generateProject(options, world),
    readBase: createReadBase({
      git,
      remake: () => remakeProject({ record, env, signal, announce }),
    }),
  });
}

async function openProject(flags: UpgradeFlags, json: boolean, world: World): Promise<Session> {
  const { cwd, env, signal, stderr, version } = world;
  parseResolution(flags.conflicts);
  const record = readRecord(cwd, version);
  const git = createGit(cwd, env, signal);
  if (!flags.dryRun && recover(cwd)) {
    stderr.write('An earlier run was interrupted: what it had changed is taken back.\n');
    return openProject(flags, json, world);
  }
  return { flags, json, world, record, options: optionsOf(record, cwd), git };
}

async function addPiece(request: PieceRequest, session: Session): Promise<void> {
  const { options, world } = session;
  const piece = planPiece(request, {
    options,
    templates: world.templates,
    find: (path) => findFile(world.cwd, path),
    list: (folder) => listFolder(world.cwd, folder),
  });
  // New files and a line are easily told from what else is uncommitted, and as easily removed.
  await finish(session, options, {
    subject: `the ${request.kind} ${piece.name}`,
    changes: piece.changes,
    kept: [],
    conflicts: [],
    settings: { set: [], unused: [] },
    notes: piece.notes,
    next: [runTests(options)],
  });
}

/** A project that is generated anew. */
interface Regeneration {
  readonly subject: string;
  readonly options: Options;
  readonly project: RenderedProject;
  readonly readBase: ReadBase;
}

async function update(session: Session, regeneration: Regeneration): Promise<void> {
  const { flags, world, record, git } = session;
  const { subject, options, project, readBase } = regeneration;
  if (!flags.dryRun && !flags.allowDirty) await requireCleanWorkTree(git, world);
  const planned = await planUpdate({
    record,
    project,
    find: (path) => findFile(world.cwd, path),
    readBase,
    git,
    hadSecrets: session.options.oauth !== undefined,
    fillSecrets: (filled) => fillSecrets(filled, world.randomBytes),
    resolution: parseResolution(flags.conflicts),
  });
  if (!flags.dryRun && flags.conflicts === undefined) refuseConflicts(planned);
  await finish(session, options, {
    ...planned,
    subject,
    notes: [
      ...noteUpdate(session.options, options, planned),
      ...noteDangling(world.cwd, planned.changes),
    ],
    next: [{ title: 'Look at the changes', command: 'git diff' }, runTests(options)],
  });
}

function runTests({ packageManager }: Options): Step {
  return { title: 'Run the tests', command: packageManager.test };
}

type Finish = Omit<Outcome, 'name' | 'directory' | 'end'> & { readonly next: readonly Step[] };

/** Writes, installs and reports; or only reports. */
async function finish(session: Session, options: Options, planned: Finish): Promise<void> {
  const { flags, json, world, record, git } = session;
  const { cwd, env, signal, stdout, stderr } = world;
  const style = createStyle(stdout, env);
  const { changes } = planned;
  const { next, ...common } = { ...planned, name: record.name, directory: cwd };
  const show = (outcome: Outcome) => {
    if (json) stdout.write(`${JSON.stringify(outcomeToJson(outcome), null, 2)}\n`);
    else stdout.write(describeOutcome(outcome, style));
  };
  if (flags.dryRun) {
    // A terminal that takes marks of other kinds takes colours.
    const colored = !json && style.bold('') !== '';
    const diff = await describeDifferences(git, changes, colored);
    show({ ...common, end: { diff } });
    return;
  }
  if (changes.length > 0) await applyChanges({ directory: cwd, changes, signal });
  const needed = changes.some(({ path }) => path === 'package.json');
  const installed = needed && flags.install;
  if (installed) {
    await installDependencies({ options: { ...options, git: false }, env, signal, stderr });
  }
  const { install } = options.packageManager;
  const before = needed && !installed ? [{ title: 'Install dependencies', command: install }] : [];
  show({ ...common, end: { installed, next: [...before, ...next] } });
}

function noteUpdate(before: Options, now: Options, planned: Update): string[] {
  const { changes, settings, withoutSettings } = planned;
  const made = changes.some(({ path }) => path === '.env');
  const asked = settings.set.length > 0;
  const changed = before.oauth !== now.oauth;
  const general = collectNotes({
    options: { ...now, install: true },
    kept: [],
    leftovers: [],
    git: undefined,
  });
  return [
    ...(changed && (made || asked || withoutSettings) ? general : []),
    ...(settings.set.includes('AUTH_SECRET=')
      ? ['AUTH_SECRET is yours to make: put in what `openssl rand -base64 32` prints.']
      : []),
    ...(withoutSettings ? ['There is no .env here: start it with cp .env.example .env'] : []),
  ];
}
