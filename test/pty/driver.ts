import { spawn, type IPty } from '@lydell/node-pty';
import xterm from '@xterm/headless';

/** A program in a real pseudo-terminal, with a terminal emulator that shows what a person would see. */
export interface PtyOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly columns?: number;
  readonly rows?: number;
  /** Added to a small environment: nothing of the machine's AWS settings gets in. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Colours are palette numbers (0–255), RGB numbers from RGB_FROM on, or undefined: the terminal's own. */
export interface ScreenCell {
  readonly text: string;
  readonly width: number;
  readonly foreground: number | undefined;
  readonly background: number | undefined;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
}

export const RGB_FROM = 0x1000000;

type BufferCell = NonNullable<
  ReturnType<NonNullable<ReturnType<xterm.Terminal['buffer']['active']['getLine']>>['getCell']>
>;

function toScreenCell(cell: BufferCell): ScreenCell {
  const colour = (isDefault: boolean, isRgb: boolean, code: number): number | undefined =>
    isDefault ? undefined : isRgb ? RGB_FROM + code : code;
  return {
    text: cell.getChars() || ' ',
    width: cell.getWidth(),
    foreground: colour(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor()),
    background: colour(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor()),
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
    underline: cell.isUnderline() !== 0,
    inverse: cell.isInverse() !== 0,
  };
}

const WAIT_MS = 15_000;

/** What is waited for: a text on the screen, or anything that a screen can be asked. */
type Wanted = string | RegExp | ((screen: string) => boolean);

function isThere(wanted: Wanted, screen: string): boolean {
  if (typeof wanted === 'string') return screen.includes(wanted);
  return wanted instanceof RegExp ? wanted.test(screen) : wanted(screen);
}

export class PtyDriver {
  readonly #pty: IPty;
  readonly #terminal: InstanceType<typeof xterm.Terminal>;
  readonly #listeners = new Set<() => void>();
  /** Resolves with the exit code (128 + signal, where one ended it). */
  readonly exited: Promise<number>;
  /** Everything that was written so far, escapes included; for counting bytes and looking for sequences. */
  raw = '';

  constructor({ command, args, columns = 80, rows = 24, env = {}, cwd = process.cwd() }: PtyOptions) {
    this.#terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 200 });
    const { PATH = '', HOME = '', TMPDIR = '/tmp' } = process.env;
    this.#pty = spawn(command, [...args], {
      // node-pty puts it over the TERM of the environment.
      name: env['TERM'] ?? 'xterm-256color',
      cols: columns,
      rows,
      cwd,
      env: { PATH, HOME, TMPDIR, TZ: 'UTC', LC_ALL: 'C.UTF-8', ...env },
    });
    this.#pty.onData((data) => {
      this.raw += data;
      this.#terminal.write(data, () => this.#tell());
    });
    // Answers to what programs ask a terminal (device attributes, cursor position).
    this.#terminal.onData((data) => this.#pty.write(data));
    this.exited = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode, signal }) => {
        const code = signal !== undefined && signal > 0 ? 128 + signal : exitCode;
        // Behind everything that was written before: only then does the screen show how the program left it.
        this.#terminal.write('', () => {
          this.#tell();
          resolve(code);
        });
      });
    });
  }

  get pid(): number {
    return this.#pty.pid;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Sends keys as they are: `jjj` is one chunk. */
  type(keys: string): void {
    this.#pty.write(keys);
  }

  /** Text as a terminal sends it when it is pasted. */
  paste(text: string): void {
    this.#pty.write(`\u001b[200~${text}\u001b[201~`);
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  signal(name: NodeJS.Signals): void {
    process.kill(this.#pty.pid, name);
  }

  /** Lines of the screen, as seen now. */
  lines(): readonly string[] {
    const { active } = this.#terminal.buffer;
    return Array.from(
      { length: this.#terminal.rows },
      (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
    );
  }

  /** Cells of the screen with their looks, as seen now; the right half of a wide character is left out. */
  cells(): readonly (readonly ScreenCell[])[] {
    const { active } = this.#terminal.buffer;
    return Array.from({ length: this.#terminal.rows }, (_, row) => {
      const line = active.getLine(active.baseY + row);
      const cells = Array.from({ length: this.#terminal.cols }, (_none, column) => line?.getCell(column));
      return cells.flatMap((cell) =>
        cell === undefined || cell.getWidth() === 0 ? [] : [toScreenCell(cell)],
      );
    });
  }

  screen(): string {
    return this.lines().join('\n');
  }

  /** Whether the program is on the alternate screen (and so must leave it again). */
  get isAlternate(): boolean {
    return this.#terminal.buffer.active.type === 'alternate';
  }

  get cursorIsHidden(): boolean {
    const [hidden, shown] = [this.raw.lastIndexOf('\u001b[?25l'), this.raw.lastIndexOf('\u001b[?25h')];
    return hidden > shown;
  }

  get pastesAreBracketed(): boolean {
    return this.#terminal.modes.bracketedPasteMode;
  }

  /** Waits until the screen shows it; answers the screen, or throws with what is there instead. */
  async waitFor(wanted: Wanted, timeoutMs: number = WAIT_MS): Promise<string> {
    const said = typeof wanted === 'function' ? 'what was asked for' : String(wanted);
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#listeners.delete(look);
      };
      const look = (): void => {
        if (!isThere(wanted, this.screen())) return;
        end();
        resolve(this.screen());
      };
      const timer = setTimeout(() => {
        end();
        reject(new Error(`The screen never showed ${said}. It shows:\n${this.screen()}`));
      }, timeoutMs);
      this.#listeners.add(look);
      look();
    });
  }

  /** Ends the program if it still runs; for the end of a test. */
  async close(): Promise<void> {
    try {
      this.#pty.kill('SIGKILL');
    } catch {
      // It has ended already.
    }
    await this.exited;
    this.#terminal.dispose();
  }
}
