/** Understands the name of a new tool, resource or prompt, and spells it as each place needs it. */
import { UsageError } from '../errors.js';
import { segmentProblem, suggestName } from '../names.js';

export interface PieceName {
  /** Of its files, without an extension: `send-mail`. */
  readonly file: string;
  /** What the code calls it: `sendMail`. */
  readonly identifier: string;
  /** As MCP clients see tools and prompts: `send_mail`. */
  readonly snake: string;
  /** For people: `Send mail`. */
  readonly title: string;
}

/** Clients show names beside that of the server, and cut off what is longer. */
const longest = 40;

// ECMAScript 2025, 12.7.2, with what is reserved in modules, and what the files have themselves.
const taken = new Set(
  `arguments await break case catch class const continue data debugger default delete do else enum
  eval export extends false finally for function if implements import in instanceof interface let new
  null package private protected prompts public resources return static super switch this throw tools
  true try typeof uri var void while with yield z`.split(/\s+/),
);

/**
 * @param kind what is named
 * @throws UsageError if there is none, or it cannot be the name of a file, a function and a tool
 */
export function parsePieceName(
  kind: 'tool' | 'resource' | 'prompt',
  given: string | undefined,
): PieceName {
  if (given === undefined) {
    throw new UsageError('NAME_MISSING', {
      what: `The ${kind} has no name`,
      why: 'A file, what is in it, and its test are named after it.',
      fix: `Write it like this: add ${kind} ${examples[kind]}`,
    });
  }
  const problem = problemOf(given);
  if (problem !== undefined) {
    throw new UsageError('NAME_REFUSED', {
      what: `${JSON.stringify(given)} cannot be the name of a ${kind}`,
      why: `${problem}.`,
      fix: `Use another one, such as ${suggest(given) ?? examples[kind]}.`,
    });
  }
  const words = given.split(/[-_]/);
  const camel = words
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
  const text = words.join(' ');
  return {
    file: words.join('-'),
    identifier: taken.has(camel) || camel in globalThis ? `${camel}${capitalize(kind)}` : camel,
    snake: words.join('_'),
    title: capitalize(text),
  };
}

const examples = { tool: 'send-mail', resource: 'price-list', prompt: 'review-code' };

function problemOf(name: string): string | undefined {
  if (!/^[a-z][a-z0-9]*([-_][a-z0-9]+)*$/.test(name)) {
    return 'It has to be words of small letters and digits, with "-" or "_" between them';
  }
  if (name.length > longest) return `It is longer than ${longest} characters`;
  return segmentProblem(name);
}

/** The nearest name that would be taken. */
function suggest(name: string): string | undefined {
  const near = suggestName(name)
    .replaceAll(/[._-]+/g, '-')
    .slice(0, longest)
    .replace(/-$/, '');
  return /[a-z]/i.test(name) && problemOf(near) === undefined ? near : undefined;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
