// Token endpoints that answer in their own way, brought into the form of RFC 6749 §5.

interface Answer {
  status: number;
  type: string;
  text: string;
}

/**
 * The same answer as JSON: forms are converted (GitHub), errors that come with the status of a
 * success get one of their own (GitHub), and members that are null count as absent. What cannot be
 * read stays as it is, and is refused by those who read it.
 * @param without a member that nobody will read, and that therefore must not be refused either
 */
export function straighten(answer: Answer, without?: string): Answer {
  const members = readMembers(answer);
  if (members === undefined) return answer;
  const kept = Object.entries(members).filter(
    ([name, value]) => value !== null && name !== without,
  );
  const failed = typeof members.error === 'string' && members.access_token === undefined;
  return {
    // RFC 6749 §5.2: an error is answered with 400.
    status: failed && answer.status < 300 ? 400 : answer.status,
    type: 'application/json',
    text: JSON.stringify(Object.fromEntries(kept)),
  };
}

function readMembers({ type, text }: Answer): Record<string, unknown> | undefined {
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  try {
    const members: unknown = JSON.parse(text);
    const isObject = typeof members === 'object' && members !== null && !Array.isArray(members);
    return isObject ? (members as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
