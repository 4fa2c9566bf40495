import { spawn, type IPty } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { listColumns } from '../../src/app/layout.ts';

/** The terminal of every figure: 200×50. */
export const SIZE = { columns: 200, rows: 50 } as const;

/** What the terminal received, and when. */
interface Chunk {
  readonly at: number;
  readonly bytes: number;
  /** It changed something outside the detail pane. */
  readonly isList: boolean;
}

/** What followed a key. */
export interface Answer {
  /** Until the first byte. */
  readonly firstMs: number;
  /** Until the last byte that changed something outside the detail pane, which follows later, once the hand rests. */
  readonly listMs: number;
  /** Bytes until then. */
  readonly listBytes: number;
  /** Until the last byte of all that followed. */
  readonly lastMs: number;
  /** Bytes of all that followed. */
  readonly bytes: number;
}

/** So long the program has the machine's two cores for itself: a user's terminal draws on another machine. */
const ASIDE_MS = 100;

const LIST_COLUMNS = listColumns(SIZE);

/** A program in a pseudo-terminal: what it sends is stamped when it arrives, and then shown to a terminal emulator. */
export class TimedTerminal {
  readonly #pty: IPty;
  readonly #terminal = new xterm.Terminal({
    cols: SIZE.columns,
    rows: SIZE.rows,
    allowProposedApi: true,
    scrollback: 0,
  });
  #arrived: { readonly at: number; readonly data: string }[] = [];
  #showing: NodeJS.Timeout | undefined;
  #chunks: Chunk[] = [];
  #unread = 0;
  #lastAt = 0;
  #shown = '';
  #listeners = new Set<() => void>();
  readonly startedAt = performance.now();
  readonly exited: Promise<number>;

  constructor(command: string, args: readonly string[], env: Readonly<Record<string, string>>) {
    this.#pty = spawn(command, [...args], {
      name: 'xterm-256color',
      cols: SIZE.columns,
      rows: SIZE.rows,
      cwd: process.cwd(),
      env: { ...env, TERM: 'xterm-256color' },
    });
    this.#pty.onData((data) => this.#receive(data));
    this.exited = new Promise((resolve) => this.#pty.onExit(() => resolve(performance.now())));
  }

  get pid(): number {
    return this.#pty.pid;
  }

  #receive(data: string): void {
    const at = performance.now();
    this.#lastAt = at;
    if (this.#arrived.length === 0) this.#showing = setTimeout(() => this.#show(), ASIDE_MS);
    this.#arrived.push({ at, data });
  }

  #show(): void {
    const arrived = this.#arrived;
    this.#arrived = [];
    this.#unread += arrived.length;
    for (const { at, data } of arrived) {
      this.#terminal.write(data, () => {
        this.#unread--;
        const shown = this.screen(true);
        this.#chunks.push({ at, bytes: Buffer.byteLength(data), isList: shown !== this.#shown });
        this.#shown = shown;
        for (const listener of this.#listeners) listener();
      });
    }
  }

  /** The screen as text; `listOnly` leaves the detail pane out. */
  screen(listOnly = false): string {
    const { active } = this.#terminal.buffer;
    return Array.from({ length: SIZE.rows }, (_, row) => {
      const line = active.getLine(active.baseY + row)?.translateToString(false, 0, SIZE.columns) ?? '';
      const isBeside = listOnly && row > 2 && row < SIZE.rows - 2;
      return isBeside ? line.slice(0, LIST_COLUMNS) : line.trimEnd();
    }).join('\n');
  }

  /** The rows of the list that are shown, as wide as the screen. */
  lines(): readonly string[] {
    return this.screen().split('\n');
  }

  /** When the bytes arrived that made the screen so. */
  async waitFor(isWanted: (screen: string) => boolean, timeoutMs = 60_000): Promise<number> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#listeners.delete(look);
      };
      const look = (): void => {
        if (!isWanted(this.screen())) return;
        end();
        resolve(this.#chunks.at(-1)?.at ?? this.startedAt);
      };
      const timer = setTimeout(() => {
        end();
        reject(new Error(`The screen never showed what was waited for:\n${this.screen()}`));
      }, timeoutMs);
      this.#listeners.add(look);
      look();
    });
  }

  /** Waits until nothing has come for so long. */
  async quiet(ms: number): Promise<void> {
    const from = performance.now();
    for (;;) {
      const left = Math.max(from, this.#lastAt) + ms - performance.now();
      if (left <= 0 && this.#unread + this.#arrived.length === 0) return;
      await new Promise((resolve) => setTimeout(resolve, Math.max(1, left)));
    }
  }

  type(keys: string): void {
    this.#pty.write(keys);
  }

  /** Presses a key and waits until nothing follows it any more (and until the screen is as wanted). */
  async press(
    keys: string,
    { quietMs = 150, until }: { quietMs?: number; until?: (screen: string) => boolean } = {},
  ): Promise<Answer> {
    this.#chunks = [];
    const at = performance.now();
    this.#pty.write(keys);
    await this.waitFor((screen) => this.#chunks.length > 0 && until?.(screen) !== false);
    await this.quiet(quietMs);
    const first = this.#chunks[0];
    if (first === undefined) throw new Error(`nothing followed ${JSON.stringify(keys)}`);
    const last = this.#chunks.findLastIndex((chunk) => chunk.isList);
    const list = this.#chunks.slice(0, last + 1);
    const sum = (chunks: readonly Chunk[]): number => chunks.reduce((bytes, chunk) => bytes + chunk.bytes, 0);
    return {
      firstMs: first.at - at,
      listMs: (list.at(-1) ?? first).at - at,
      listBytes: sum(list.length > 0 ? list : [first]),
      lastMs: (this.#chunks.at(-1) ?? first).at - at,
      bytes: sum(this.#chunks),
    };
  }

  /** Lets the program end by itself, so that it keeps what it keeps between starts. */
  async quit(): Promise<void> {
    this.type('q');
    await Promise.race([this.exited, new Promise((resolve) => setTimeout(resolve, 5_000).unref())]);
    await this.close();
  }

  async close(): Promise<void> {
    try {
      this.#pty.kill('SIGKILL');
    } catch {
      // It has ended already.
    }
    await this.exited;
    clearTimeout(this.#showing);
    this.#terminal.dispose();
  }
}
