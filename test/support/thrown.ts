/** Makes errors comparable. */
import { CommandError } from '../../src/errors.js';

/** The parts of a CommandError that users see. */
export interface Shown {
  readonly code: string;
  readonly exitStatus: number;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
}

/** What `run` throws; fails the test if it throws nothing, or anything but a CommandError. */
export function thrownBy(run: () => unknown): Shown {
  try {
    run();
  } catch (error) {
    return show(error);
  }
  throw new Error('Nothing was thrown');
}

/** What a promise is rejected with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<Shown> {
  return promise.then(() => {
    throw new Error('Nothing was thrown');
  }, show);
}

function show(error: unknown): Shown {
  if (!(error instanceof CommandError)) throw error;
  const { code, exitStatus, message: what, why, fix } = error;
  return { code, exitStatus, what, why, fix };
}
