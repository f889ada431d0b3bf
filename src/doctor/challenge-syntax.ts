/** Reads WWW-Authenticate by its grammar (RFC 9110, section 11.6.1), and says where it breaks. */

export interface Challenge {
  readonly scheme: string;
  /** Names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** What is wrong with the text, and where: a position in characters. */
export interface Flaw {
  readonly kind: 'unquoted' | 'syntax';
  readonly reason: string;
  readonly position: number;
}

const token = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y;
const quoted = /"((?:[\t \x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t \x21-\x7e\x80-\xff])*)"/y;
const token68 = /[A-Za-z0-9\-._~+/]+=*(?=[ \t]*(?:,|$))/y;
/** What people write where quotes are missing. */
const bare = /[^\s,"]+/y;

/** @returns the challenges up to where reading had to stop, and every flaw on the way */
export function parseChallenges(text: string): { challenges: Challenge[]; flaws: Flaw[] } {
  const challenges: { scheme: string; parameters: Map<string, string>; bare?: true }[] = [];
  const flaws: Flaw[] = [];
  let position = 0;
  /** Whether a comma, the beginning, or the space after a scheme is just behind. */
  let separated = true;

  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    position += match?.[0].length ?? 0;
    return match?.[1] ?? match?.[0];
  };
  const skipSpace = () => {
    while (text[position] === ' ' || text[position] === '\t') position++;
  };
  const complain = (reason: string, at = position, kind: Flaw['kind'] = 'syntax') => {
    flaws.push({ kind, reason, position: at });
  };

  function readValue(name: string): string | undefined {
    const start = position;
    if (text[position] === '"') {
      const value = take(quoted);
      if (value !== undefined) return value.replace(/\\(.)/g, '$1');
      complain(`the quoted value of "${name}" has no end, or a character that must not be in it`);
      return undefined;
    }
    const value = take(bare) ?? '';
    if (value === '') complain(`"${name}" has no value`);
    else if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(value)) {
      complain(`the value of "${name}" needs double quotes around it`, start, 'unquoted');
    }
    return value;
  }

  for (;;) {
    skipSpace();
    while (text[position] === ',') {
      position++;
      separated = true;
      skipSpace();
    }
    if (position >= text.length) break;
    const start = position;
    const name = take(token);
    if (name === undefined) {
      complain('a name was expected here');
      break;
    }
    skipSpace();
    if (!separated) complain(`the comma before "${name}" is missing`, start);
    separated = false;
    if (text[position] !== '=') {
      // Some schemes have one bare value instead of parameters.
      separated = take(token68) === undefined;
      const bare = separated ? {} : ({ bare: true } as const);
      challenges.push({ scheme: name, parameters: new Map(), ...bare });
      continue;
    }
    const current = challenges.at(-1);
    if (current === undefined) {
      complain('it does not begin with a scheme such as Bearer', start);
      break;
    }
    if (current.bare) complain(`a value is missing before "${name}"`, start);
    position++;
    skipSpace();
    const key = name.toLowerCase();
    if (current.parameters.has(key)) complain(`"${name}" is there twice`, start);
    const value = readValue(name);
    if (value === undefined) break;
    current.parameters.set(key, value);
  }
  return { challenges, flaws };
}
