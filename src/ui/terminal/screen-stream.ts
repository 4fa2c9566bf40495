import { FrameWriter } from './frame-writer.ts';

export interface ScreenStream {
  /** The terminal as Ink sees it: what Ink writes goes through the frame writer. */
  readonly stream: NodeJS.WriteStream;
  readonly writer: FrameWriter;
}

/** Stands between Ink and the terminal. Everything but `write` is the terminal's own. */
export function createScreenStream(stdout: NodeJS.WriteStream): ScreenStream {
  const writer = new FrameWriter((text) => stdout.write(text));
  const write = (text: string, ...rest: readonly unknown[]): boolean => {
    const wrote = writer.write(text, { columns: stdout.columns, rows: stdout.rows });
    const done = rest.find((part) => typeof part === 'function');
    // Ink waits for an empty write to know that all before it has been flushed.
    if (done !== undefined) stdout.write('', () => (done as () => void)());
    return wrote;
  };
  const stream = new Proxy(stdout, {
    get(target, name): unknown {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(target) : value;
    },
  });
  return { stream, writer };
}
