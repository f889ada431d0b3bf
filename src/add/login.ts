/** Changes how the endpoint of a project is protected: which options it has then. */
import type { Choices } from '../choices.js';
import { quote } from '../command.js';
import { UsageError } from '../errors.js';
import { invocation } from '../invocation.js';
import { resolveProvider } from '../oauth-options.js';
import type { Options } from '../options.js';
import type { ProjectRecord } from '../record.js';
import { type LoginFlags, type LoginRequest, loginKeys } from './feature.js';
import { flagsOf, resolveProject } from './read-record.js';

/**
 * @param current what the record stands for
 * @throws UsageError if the endpoint is protected already, or the flags cannot be used
 */
export function changeLogin(
  { kind, flags }: LoginRequest,
  record: ProjectRecord,
  current: Options,
): Options {
  if (kind === 'oauth' && current.oauth !== undefined) {
    const { provider } = current.oauth;
    throw new UsageError('OAUTH_PRESENT', {
      what: `The endpoint is protected already, with ${provider.title}`,
      why: '"add oauth" is for projects without a login.',
      fix: `To change the provider, run: ${invocation} add provider ${flags.provider ?? provider.id}`,
    });
  }
  try {
    const choices = replaceLogin(flagsOf(record), flags, current);
    return resolveProject(record.name, choices, current.target);
  } catch (error) {
    throw kind === 'provider'
      ? inWords(error, record.name, 'add provider', ' --provider')
      : inWords(error, record.name, 'add oauth');
  }
}

/** A login is what is typed, as when scaffolding; only settings of the same preset are remembered. */
function replaceLogin(recorded: Choices, given: LoginFlags, { oauth }: Options): Choices {
  const rest = Object.fromEntries(
    Object.entries(recorded).filter(([key]) => !(loginKeys as readonly string[]).includes(key)),
  );
  const same = oauth !== undefined && resolveProvider(given.provider) === oauth.provider;
  const set = mergeAssignments(same ? (recorded.set ?? []) : [], given.set ?? []);
  return { ...rest, ...given, oauth: true, ...set };
}

/** Those of before, unless they are given anew. */
function mergeAssignments(
  before: readonly string[],
  given: readonly string[],
): Pick<Choices, 'set'> {
  const nameOf = (assignment: string) => assignment.split('=', 1)[0];
  const names = given.map(nameOf);
  const set = [...before.filter((assignment) => !names.includes(nameOf(assignment))), ...given];
  return set.length === 0 ? {} : { set };
}

/** Says what to run in the words of `add`, where the error has those of scaffolding. */
function inWords(error: unknown, name: string, words: string, dropped = ''): unknown {
  if (!(error instanceof UsageError)) return error;
  const { code, message: what, why, fix, details } = error;
  const translate = (text: string) =>
    text.replace(`${invocation} ${quote(name)}${dropped}`, `${invocation} ${words}`);
  const command = details.command === undefined ? undefined : translate(details.command);
  const explanation = { ...details, what, why, fix: translate(fix), command };
  return new UsageError(code, explanation, { cause: error });
}
