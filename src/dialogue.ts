/**
 * Questions on a terminal, one below the other. It asks with the prompt library, and lays out what
 * that leaves to the terminal: text that is longer than a line.
 */
import { styleText } from 'node:util';
import {
  autocomplete,
  confirm,
  intro,
  isCancel,
  S_BAR,
  S_BAR_END,
  select,
  text,
} from '@clack/prompts';
import { cancelled } from './errors.js';
import type { Input, Output } from './terminal.js';
import { wrap } from './wrap.js';

export interface Streams {
  readonly input: Input;
  readonly output: Output;
  readonly signal: AbortSignal;
}

/** One of several answers. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  /** Said of the one that is pointed at. */
  readonly hint?: string;
}

interface TextQuestion {
  readonly question: string;
  /** Sentences that help to answer. */
  readonly help?: string;
  /** Shown until something is typed. */
  readonly example?: string;
  /** What a blank answer stands for. */
  readonly usual?: string;
  /** @returns what is wrong with an answer */
  readonly check: (value: string) => string | undefined;
}

// A bar or a mark, and two blanks.
const margin = 3;

export class Dialogue {
  readonly #streams: Streams;
  readonly #title: string;
  #begun = false;

  /** @param title what is above the first question */
  constructor(streams: Streams, title: string) {
    this.#streams = streams;
    this.#title = title;
  }

  text({ question, help, example, usual, check }: TextQuestion): Promise<string> {
    const layOut = (message: string) => this.#layOut(message);
    return this.#ask(
      text({
        ...this.#begin(),
        // Read whenever the question is drawn: the window may have another width by then.
        get message() {
          return layOut(help === undefined ? question : `${question}\n${help}`);
        },
        ...(example === undefined ? {} : { placeholder: example }),
        ...(usual === undefined ? {} : { defaultValue: usual }),
        validate: (value) => {
          const complaint = check(value || usual || '');
          return complaint === undefined ? undefined : this.#indent(complaint);
        },
      }),
    ).then((answer) => answer ?? '');
  }

  confirm(question: string): Promise<boolean> {
    return this.#ask(confirm({ ...this.#begin(), message: question, initialValue: false }));
  }

  select(question: string, options: readonly Choice[]): Promise<string> {
    return this.#ask(select({ ...this.#begin(), message: question, options: [...options] }));
  }

  /**
   * Lets choose from a long list.
   *
   * @param find the values that what was typed may mean
   */
  search(
    question: string,
    options: readonly Choice[],
    find: (typed: string) => readonly string[],
  ): Promise<string> {
    return this.#ask(
      autocomplete({
        ...this.#begin(),
        message: question,
        maxItems: 8,
        options: [...options],
        filter: (typed, { value }) => find(typed).includes(value),
        validate: (value) =>
          value === undefined ? 'Nothing is called that. Delete some of it.' : undefined,
      }),
    );
  }

  /** Leaves a blank line between the questions, if there were any, and what comes after them. */
  end(): void {
    if (this.#begun) this.#streams.output.write(`${styleText('gray', S_BAR_END)}\n\n`);
  }

  #begin(): Streams {
    if (!this.#begun) intro(this.#title, { output: this.#streams.output });
    this.#begun = true;
    return this.#streams;
  }

  async #ask<Answer>(asking: Promise<Answer>): Promise<Exclude<Answer, symbol>> {
    const answer = await asking;
    if (!isCancel(answer)) return answer as Exclude<Answer, symbol>;
    throw cancelled('Nothing was written. Run the command again to start over.');
  }

  /** A question of several lines, all but the first with the bar that the library gives the first. */
  #layOut(message: string): string {
    const [question = '', ...help] = message.split('\n');
    const bar = `\n${styleText('gray', S_BAR)}  `;
    return [
      ...this.#wrap(question),
      ...help.flatMap((line) => this.#wrap(line)).map((line) => styleText('dim', line)),
    ].join(bar);
  }

  #indent(complaint: string): string {
    return this.#wrap(complaint).join(`\n${' '.repeat(margin)}`);
  }

  #wrap(line: string): string[] {
    return wrap(line, (this.#streams.output.columns || 80) - margin);
  }
}
