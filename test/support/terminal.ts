/** The command on a terminal of its own: a pseudo-terminal, and an emulator that says what a person sees. */
import { fileURLToPath } from 'node:url';
import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

const entry = fileURLToPath(new URL('../../src/entry.ts', import.meta.url));

/** The command as arguments of Node: the sources, so that no test looks at an old build. */
export const command = ['--import', import.meta.resolve('tsx'), entry];

export const keys = {
  enter: '\r',
  leave: '\u001b',
  interrupt: '\u0003',
  backspace: '\u007f',
  up: '\u001b[A',
  down: '\u001b[B',
  left: '\u001b[D',
  right: '\u001b[C',
};

/** The words of the questions that every preset has. */
export const questions = {
  where: 'Where should the project be created?',
  protect: 'Protect the HTTP endpoint with OAuth?',
  which: 'Which identity provider?',
  framework: 'Which HTTP framework?',
  manager: 'Which package manager?',
};

// Generous: only a failure waits that long.
const patience = 60_000;

export interface TerminalOptions {
  readonly cwd: string;
  /** Besides PATH, HOME, TERM and a UTF-8 locale. */
  readonly env?: NodeJS.ProcessEnv;
  readonly columns?: number;
  readonly rows?: number;
}

/** Starts the command on a terminal of 80 columns and 40 rows, unless told otherwise. */
export function openTerminal(argv: readonly string[], options: TerminalOptions): Terminal {
  const { cwd, env, columns: cols = 80, rows = 40 } = options;
  const child = spawn(process.execPath, [...command, ...argv], {
    name: env?.TERM ?? 'xterm-256color',
    cwd,
    cols,
    rows,
    env: {
      PATH: process.env.PATH,
      HOME: cwd,
      LANG: 'C.UTF-8',
      ...env,
    },
  });
  return new Terminal(child, cols, rows);
}

export class Terminal implements AsyncDisposable {
  /** Everything that was written, escape sequences included. */
  output = '';
  /** The exit status, once the process has ended and all of its output is on the screen. */
  readonly ended: Promise<number>;
  #finished = false;
  #screen: xterm.Terminal;

  constructor(
    readonly child: IPty,
    cols: number,
    rows: number,
  ) {
    this.#screen = new xterm.Terminal({ cols, rows, scrollback: 1000, allowProposedApi: true });
    child.onData((data) => {
      this.output += data;
      this.#screen.write(data);
    });
    this.ended = new Promise((resolve) => {
      child.onExit(({ exitCode, signal }) => {
        // As a shell counts a process that a signal ended.
        const status = signal ? 128 + signal : exitCode;
        this.#screen.write('', () => {
          this.#finished = true;
          resolve(status);
        });
      });
    });
  }

  /** What is on the screen, with what has scrolled away above it: lines without blanks at their ends. */
  get text(): string {
    return this.#read(0);
  }

  /** What is on the screen. */
  get visible(): string {
    return this.#read(this.#screen.buffer.active.baseY);
  }

  #read(from: number): string {
    const { active } = this.#screen.buffer;
    const rows: string[] = [];
    for (let row = from; row < active.length; row++) {
      rows.push(active.getLine(row)?.translateToString(true) ?? '');
    }
    return rows.join('\n').trimEnd();
  }

  /** Whether the text cursor is to be seen (DECTCEM). */
  get cursorShown(): boolean {
    return this.output.lastIndexOf('\u001b[?25l') <= this.output.lastIndexOf('\u001b[?25h');
  }

  /**
   * Waits until the screen shows something.
   * @throws with the screen, if it does not come
   */
  async see(wanted: string | RegExp): Promise<void> {
    const shown = () =>
      typeof wanted === 'string' ? this.text.includes(wanted) : wanted.test(this.text);
    const found = await new Promise<boolean>((resolve) => {
      const settle = (result: boolean) => {
        clearTimeout(deadline);
        for (const listener of listeners) listener.dispose();
        resolve(result);
      };
      const deadline = setTimeout(() => settle(false), patience);
      const look = () => {
        if (shown()) settle(true);
        else if (this.#finished) settle(false);
      };
      const listeners = [this.#screen.onWriteParsed(look)];
      void this.ended.then(look);
      look();
    });
    if (!found) throw new Error(`${wanted} is not on the screen:\n${this.text}`);
  }

  /** Presses keys. */
  press(...pressed: string[]): void {
    this.child.write(pressed.join(''));
  }

  /** Waits for a question, then answers it. */
  async answer(question: string | RegExp, ...pressed: string[]): Promise<void> {
    await this.see(question);
    this.press(...pressed);
  }

  resize(columns: number, rows: number): void {
    this.#screen.resize(columns, rows);
    this.child.resize(columns, rows);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#finished) this.child.kill('SIGKILL');
    await this.ended;
    this.#screen.dispose();
  }
}
