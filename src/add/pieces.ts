/**
 * Adds a tool, a resource or a prompt: its file and its test, and its entry in the table of its kind.
 * From then on all of them are the person's own: they are not recorded, and no upgrade changes them.
 */
import { UsageError } from '../errors.js';
import { selectLayers } from '../layers.js';
import type { Options } from '../options.js';
import { planFiles } from '../plan.js';
import type { RenderedFile } from '../render.js';
import { loadLayers } from '../templates.js';
import { parseScopes } from '../values.js';
import type { Change, Found } from './compare.js';
import { likeIn, toLf } from './line-ends.js';
import { type PieceName, parsePieceName } from './piece-name.js';
import { changeTable } from './table.js';

export const pieceKinds = ['tool', 'resource', 'prompt'] as const;

type PieceKind = (typeof pieceKinds)[number];

/** What is asked for, unchecked. */
export interface PieceRequest {
  readonly kind: PieceKind;
  readonly name: string | undefined;
  /** The scope that the tool asks for. */
  readonly scope: string | undefined;
}

/** The project as it is. */
export interface PieceProject {
  readonly options: Options;
  /** The path of templates/. */
  readonly templates: string;
  readonly find: (path: string) => Found;
  /** The names of files in a folder. */
  readonly list: (folder: string) => readonly string[];
}

export interface Piece {
  /** As clients see it. */
  readonly name: string;
  readonly changes: readonly Change[];
  /** What is left to do by hand: sentences. */
  readonly notes: readonly string[];
}

/** Layers that are only ever added to a project. */
export const pieceLayers = [
  'piece-tool',
  'piece-tool-open',
  'piece-tool-login',
  'piece-tool-scope',
  'piece-resource',
  'piece-prompt',
] as const;

/**
 * @throws UsageError if the name or the scope cannot be used, or something has the name already
 */
export function planPiece(request: PieceRequest, project: PieceProject): Piece {
  const { kind } = request;
  const name = parsePieceName(kind, request.name);
  const registered = kind === 'resource' ? name.file : name.snake;
  const scope = parseScope(request, project.options);
  const files = nameFiles(loadFiles(request, project), kind, name, scope);
  refuseTaken(kind, registered, name, files, project);
  const table = addEntry(kind, name, project);
  return {
    name: registered,
    changes: [
      ...files.map(({ path, contents }) => ({ path, action: 'create' as const, after: contents })),
      ...table.changes,
    ],
    notes: [...table.notes, ...noteScope(request, project)],
  };
}

function parseScope({ kind, scope }: PieceRequest, options: Options): string | undefined {
  if (scope === undefined) return undefined;
  const refuse = (what: string, why: string, fix: string) =>
    new UsageError('OPTION_CONFLICT', { what, why, fix });
  const fix = 'Leave --scope out.';
  if (kind !== 'tool') {
    throw refuse(
      `A ${kind} does not take --scope`,
      'Only tools ask for a scope of their own.',
      fix,
    );
  }
  if (options.oauth === undefined) {
    const why = 'The endpoint is open: nobody logs in, so nobody has a scope.';
    throw refuse(
      '--scope needs a login',
      why,
      'Leave --scope out, or add the login first: add oauth',
    );
  }
  if (!hasScopes(options)) {
    const why = `The access tokens of ${options.oauth.provider.title} show no scopes.`;
    throw refuse('A tool cannot ask for a scope here', why, fix);
  }
  const [first = '', ...others] = parseScopes(scope);
  if (others.length > 0) {
    throw refuse(
      'A tool asks for one scope',
      `--scope has ${others.length + 1}: ${[first, ...others].join(', ')}.`,
      'Name one, and let it imply others in src/auth/scopes.ts.',
    );
  }
  return first;
}

function hasScopes(options: Options): boolean {
  return selectLayers(options).includes('step-up');
}

function loadFiles({ kind, scope }: PieceRequest, project: PieceProject): RenderedFile[] {
  const login = hasScopes(project.options) ? 'piece-tool-login' : 'piece-tool-open';
  const layers =
    kind === 'tool'
      ? ['piece-tool', scope === undefined ? login : 'piece-tool-scope']
      : [`piece-${kind}`];
  const { files } = planFiles(loadLayers(project.templates, layers));
  return files.map(({ path, source }) => ({ path, contents: source }));
}

/** The templates are real code, about something that is called new. */
function nameFiles(
  files: readonly RenderedFile[],
  kind: PieceKind,
  name: PieceName,
  scope = '',
): RenderedFile[] {
  const capital = kind.charAt(0).toUpperCase() + kind.slice(1);
  const fill = (text: string) =>
    text
      .replaceAll(`new-${kind}`, name.file)
      .replaceAll(`new_${kind}`, name.snake)
      .replaceAll(new RegExp(`\\bnew${capital}\\b`, 'g'), name.identifier)
      .replaceAll(`New ${kind}`, name.title)
      .replaceAll('new:scope', () => scope);
  return files.map(({ path, contents }) => ({
    path: fill(path),
    contents: Buffer.from(fill(contents.toString())),
  }));
}

function refuseTaken(
  kind: PieceKind,
  registered: string,
  { identifier }: PieceName,
  files: readonly RenderedFile[],
  { find, list }: PieceProject,
): void {
  const folder = `src/${kind}s`;
  const table = `${folder}/index.ts`;
  const file = files.find(({ path }) => find(path) !== 'nothing');
  const place =
    file?.path ??
    list(folder)
      .filter((entry) => entry.endsWith('.ts'))
      .map((entry) => `${folder}/${entry}`)
      .find((path) => isRegistered(kind, registered, String(find(path)))) ??
    (new RegExp(`\\b${identifier}\\b`).test(String(find(table))) ? table : undefined);
  if (place === undefined) return;
  throw new UsageError('NAME_TAKEN', {
    what: `There is a ${kind} ${registered} already`,
    why: `${place} has it.`,
    fix: 'Use another name, or change what is there. Nothing was written.',
  });
}

function isRegistered(kind: PieceKind, name: string, source: string): boolean {
  const before = kind === 'resource' ? 'registerResource\\(\\s*' : '\\bname:\\s*';
  return new RegExp(`${before}['"\`]${name}['"\`]`).test(source);
}

function addEntry(
  kind: PieceKind,
  { file, identifier }: PieceName,
  { find }: PieceProject,
): Pick<Piece, 'changes' | 'notes'> {
  const path = `src/${kind}s/index.ts`;
  const line = `import { ${identifier} } from './${file}.js';`;
  const found = find(path);
  const changed =
    typeof found === 'string'
      ? undefined
      : changeTable(String(toLf(found)), {
          imports: { added: [line], removed: [] },
          entries: { added: [{ name: identifier }], removed: [] },
        });
  if (typeof found === 'string' || changed === undefined) {
    const note = `${path} is not as it was generated. Put this into it, and ${identifier} into its list: ${line}`;
    return { changes: [], notes: [note] };
  }
  const after = likeIn(found, Buffer.from(changed));
  return { changes: [{ path, action: 'change', before: found, after }], notes: [] };
}

function noteScope({ scope }: PieceRequest, { options, find }: PieceProject): string[] {
  if (scope === undefined) return [];
  const path = 'src/auth/scopes.ts';
  if (String(find(path)).includes(`'${scope}'`)) return [];
  const minted = options.oauth?.mode === 'proxy' ? '' : ', and create it at the provider';
  return [`Declare ${scope} in ${path}${minted}.`];
}
