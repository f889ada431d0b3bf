// What goes wrong between this server and the provider. Messages and details never hold tokens,
// codes or secrets: messages are shown, details are logged.

/** Why nobody is logged in: the names are stable, the sentences are for the person. */
export const loginProblems = {
  /** The person said no, or a rule of the provider did. */
  denied: 'The login was refused at the provider',
  /** It is not the answer to the question that was asked, or was tampered with. */
  callback_refused: 'The answer does not belong to this login',
  code_refused: 'The login took too long, or its answer was used before',
  /** OAUTH_CLIENT_ID or OAUTH_CLIENT_SECRET is wrong. */
  client_refused: 'The provider refuses the credentials of this server',
  /** A scope, the redirect URI, or something else that is set up wrong. */
  request_refused: 'The provider refuses what this server asks for',
  /** Who logged in cannot be said for sure. */
  answer_refused: 'The answer of the provider is not valid',
  /** OAUTH_ALLOWED_USERS says so. */
  not_admitted: 'This account may not use this server',
} as const;

export type LoginProblem = keyof typeof loginProblems;

/** Facts for the log. */
export type Details = Readonly<Record<string, unknown>>;

/** A login that was begun does not end well. */
export class LoginFailed extends Error {
  override name = 'LoginFailed';

  constructor(
    readonly problem: LoginProblem,
    readonly details: Details = {},
  ) {
    super(loginProblems[problem]);
  }
}

/** A login that was good is no longer: the person has to log in again. */
export class LoginEnded extends Error {
  override name = 'LoginEnded';
  readonly isForeseen = true;

  constructor(readonly details: Details) {
    super('The login at the provider has ended');
  }
}

/** The provider does not answer, or not as it should: that says nothing about the person. */
export class ProviderUnavailable extends Error {
  override name = 'ProviderUnavailable';
  readonly isForeseen = true;

  constructor(
    readonly details: Details,
    message = 'The provider cannot be reached, or does not work as it should',
  ) {
    super(message);
  }
}

/** OAUTH_CLIENT_ID or OAUTH_CLIENT_SECRET is wrong: an outage, until the owner mends it. */
export class ClientRefused extends ProviderUnavailable {
  override name = 'ClientRefused';

  constructor(details: Details) {
    super(details, loginProblems.client_refused);
  }
}

/** What the owner is told then. */
export const clientRefusedHint =
  'OAUTH_CLIENT_ID and OAUTH_CLIENT_SECRET: are they right, and has the secret expired?';
