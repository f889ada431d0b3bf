// What a login that failed is to whoever runs the server.
import { log } from '../log.js';
import { clientRefusedHint, LoginFailed, type ProviderUnavailable } from '../upstream/errors.js';

/** Mistakes in the set-up, which keep everybody out, are errors; what a person did is not. */
const ours = ['client_refused', 'request_refused', 'provider_unavailable'];

export function reportFailure(error: LoginFailed | ProviderUnavailable): void {
  const problem = error instanceof LoginFailed ? error.problem : 'provider_unavailable';
  const level = ours.includes(problem) ? 'error' : 'info';
  const hint = problem === 'client_refused' && { hint: clientRefusedHint };
  log[level]({ problem, ...error.details, ...hint }, error.message);
}
