// What goes wrong with the login: the server does not start, or a request is refused.
import { StartupError, withoutControls } from '../settings.js';
import { requestProblems, startupProblems } from './messages.js';

export type RequestProblem = keyof typeof requestProblems;

/** The login cannot work as it is set up; the server does not start. */
export class SetupError extends StartupError {
  constructor(problem: keyof typeof startupProblems, details: string[]) {
    const lines = [
      `${startupProblems[problem]}.`,
      ...details,
      `OAUTH.md has a section of this name.`,
    ];
    super(lines.map(withoutControls).join('\n  '));
  }
}

/**
 * A request is refused. `details` are facts for the log (what was expected, what was found), never
 * the token; the caller learns only the problem's sentence.
 */
export class Refusal extends Error {
  override name = 'Refusal';

  constructor(
    readonly problem: RequestProblem,
    readonly details: Record<string, unknown> = {},
  ) {
    super(requestProblems[problem]);
  }
}
