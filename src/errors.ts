/**
 * Everything that can end the command other than success. Each error carries what happened, why,
 * and what to do next; the exit status follows from its class, so nothing else decides it.
 */

/** The exit statuses of the command; nothing but `done` means success. */
export const ExitStatus = { done: 0, failed: 1, usage: 2, cancelled: 130 } as const;

export type ExitStatus = (typeof ExitStatus)[keyof typeof ExitStatus];

/** The parts of an error that people and programs see. */
export interface Explanation {
  /** What happened: one sentence without a full stop. */
  what: string;
  /** Why it is so. */
  why: string;
  /** What to do next. */
  fix: string;
  /** The option that it is about, with its dashes, or the argument. */
  option?: string | undefined;
  /** What could be given instead. */
  choices?: readonly string[] | undefined;
  /** A command that works, if `fix` has one. */
  command?: string | undefined;
}

/** The base of the hierarchy: `code` is stable and meant for programs, the rest is for people. */
export abstract class CommandError extends Error {
  abstract readonly exitStatus: Exclude<ExitStatus, typeof ExitStatus.done>;
  readonly code: string;
  readonly why: string;
  readonly fix: string;
  readonly details: Pick<Explanation, 'option' | 'choices' | 'command'>;

  constructor(code: string, { what, why, fix, ...details }: Explanation, options?: ErrorOptions) {
    super(what, options);
    this.name = new.target.name;
    this.code = code;
    this.why = why;
    this.fix = fix;
    this.details = details;
  }
}

/** The command was called in a way that cannot work. */
export class UsageError extends CommandError {
  readonly exitStatus = ExitStatus.usage;
}

/** The command was right, yet could not be carried out. */
export class RunError extends CommandError {
  readonly exitStatus = ExitStatus.failed;
}

/** The user, or a signal, stopped the command. */
export class CancelledError extends CommandError {
  readonly exitStatus = ExitStatus.cancelled;
}

/**
 * Makes whatever was thrown reportable. What is not one of ours is the effect of the signal, if it
 * was aborted, else a mistake of this program.
 */
export function asCommandError(thrown: unknown, signal: AbortSignal): CommandError {
  if (thrown instanceof CommandError) return thrown;
  if (signal.aborted) return cancelled('Run the command again to start over.', thrown);
  return new RunError(
    'INTERNAL',
    {
      what: thrown instanceof Error ? thrown.message : String(thrown),
      why: 'This is a mistake in create-mcp-server, not in what you did.',
      fix: 'Run it again with DEBUG=create-mcp-server to see where it happened, and report that.',
    },
    { cause: thrown },
  );
}

/** @param fix what there is to do now */
export function cancelled(fix: string, cause?: unknown): CancelledError {
  return new CancelledError(
    'CANCELLED',
    { what: 'Cancelled', why: 'You, or the system, asked for it.', fix },
    { cause },
  );
}

/** The error code of a failed system call (`ENOSPC`, `EACCES` …), or the message if there is none. */
export function systemReason(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const { code } = thrown as NodeJS.ErrnoException;
  return code === undefined
    ? thrown.message
    : `${code}: ${thrown.message.replace(`${code}: `, '')}`;
}
