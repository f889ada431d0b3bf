/** A token: what it is, what is wrong with it, and what the server makes of it. */
import { isPlain } from './addresses.js';
import { parseChallenges } from './challenge-syntax.js';
import type { Endpoint } from './endpoint.js';
import { networkFinding } from './failure.js';
import type { Checked, Finding } from './finding.js';
import { type Answer, type Failure, objectOf } from './http.js';
import type { Ask } from './late-login.js';
import { messageIn } from './read-body.js';
import { enumerate, spell } from './text.js';
import { type Expectations, examineToken, missingScopes } from './token-claims.js';
import { findToken as find } from './token-findings.js';
import { audiencesOf, readToken, scopesOf } from './token-form.js';
import type { Tools } from './tools.js';

/**
 * @param token goes to the endpoint, and nowhere else; redirects are not followed. What no server should get
 *   is only looked at
 * @returns whether the server accepts it
 */
export async function checkToken(
  { url, gated, answer: without }: Endpoint,
  token: string,
  expected: Expectations,
  { now }: Pick<Tools, 'now'>,
): Promise<Checked<boolean>> {
  const form = readToken(token);
  const reasons = await examineToken(token, form, expected, now());
  if (!isSendable(token, url, reasons)) return { findings: reasons, value: false };
  const [ask, ...others] = gated;
  const answer = await ask({ token });
  if (answer.failed !== undefined) {
    return { findings: [...reasons, networkFinding(answer, 'the MCP server')], value: false };
  }
  const { status } = answer;
  if (isAccepted(answer) || (await isAcceptedBy(others, token))) {
    return { findings: explainAcceptance(reasons), value: true };
  }
  const said = describeRefusal(answer);
  if (status >= 500) {
    return {
      findings: [...reasons, find('token-fails', { status: String(status), ...said })],
      value: false,
    };
  }
  const missing = form.kind === 'jwt' ? missingScopes(form.claims, expected) : [];
  if (status === 403 && (missing.length > 0 || said.error === 'insufficient_scope')) {
    const granted = form.kind === 'jwt' ? (scopesOf(form.claims) ?? []) : [];
    const seen = { missing: enumerate(missing) || undefined, granted: enumerate(granted), ...said };
    return { findings: [find('token-scope', seen), ...reasons], value: false };
  }
  if (reasons.length > 0) return { findings: reasons, value: false };
  if (isSame(answer, without)) {
    return { findings: [find('token-unseen', { status: String(status), ...said })], value: false };
  }
  const shown =
    form.kind !== 'jwt'
      ? {}
      : { iss: spell(form.claims.iss), aud: enumerate(audiencesOf(form.claims)) || 'nothing' };
  return {
    findings: [find('token-refused', { status: String(status), ...said, ...shown })],
    value: false,
  };
}

function isSendable(token: string, url: string, reasons: readonly Finding[]): boolean {
  // A header cannot carry what is no token (RFC 6750 §2.1), and nobody would have accepted it.
  if (!/^[A-Za-z0-9\-._~+/]+=*$/.test(token)) return false;
  // A refresh token is for its provider alone (RFC 6749 §1.5), and in the open anybody could read along
  // (RFC 6750 §5.3).
  return !isPlain(url) && !reasons.some(({ id }) => id === 'token-is-refresh-token');
}

async function isAcceptedBy(requests: readonly Ask[], token: string): Promise<boolean> {
  for (const ask of requests) if (isAccepted(await ask({ token }))) return true;
  return false;
}

/** Anything but a refusal: an error of the protocol comes after the gate. */
function isAccepted(answer: Answer | Failure): boolean {
  if (answer.failed !== undefined) return false;
  const { status, headers, text } = answer;
  if (status < 300) return messageIn(text) !== undefined;
  return status === 400 && !headers.has('www-authenticate') && messageIn(text) !== undefined;
}

/** Whether two refusals say the same. */
function isSame(a: Answer, b: Answer): boolean {
  const words = ({ status, headers, text }: Answer) =>
    [status, headers.get('www-authenticate'), text].join('\n');
  return a.headers.has('www-authenticate') && words(a) === words(b);
}

/** What the server let pass although there was a reason not to. */
function explainAcceptance(reasons: readonly Finding[]): Finding[] {
  // It may ask the provider, who knows what it encrypted or keeps to itself; and who takes a slash at
  // the end of an audience for nothing takes nobody else's tokens.
  const harmless = ['token-opaque', 'token-encrypted', 'token-audience-slash'];
  const readable = reasons.filter(({ id }) => !harmless.includes(id));
  const holes = [
    'token-algorithm',
    'token-signature',
    'token-expired',
    'token-early',
    'token-expiry-absent',
  ];
  const [hole] = readable.filter(({ id }) => holes.includes(id));
  if (hole !== undefined) return [find('token-hole', { although: hole.title, ...hole.seen })];
  const [reason] = readable;
  if (reason === undefined) return [find('token-accepted')];
  return [
    find('token-accepted'),
    find('token-foreign', { although: reason.title, ...reason.seen }),
  ];
}

/** The server's own words: of the challenge, or of a JSON body. */
function describeRefusal(answer: Answer): { error?: string; message?: string } {
  const header = answer.headers.get('www-authenticate')?.slice(0, 8192) ?? '';
  const parameters = parseChallenges(header).challenges[0]?.parameters;
  const body = objectOf(answer);
  const error = parameters?.get('error') ?? body?.error;
  const message = parameters?.get('error_description') ?? body?.error_description;
  return {
    ...(typeof error === 'string' && { error }),
    ...(typeof message === 'string' && { message }),
  };
}
