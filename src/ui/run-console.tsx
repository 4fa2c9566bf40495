import { render, type Instance } from 'ink';
import { CanvasContext } from './canvas.ts';
import { ConsoleRoot, type ConsoleStore } from './console-root.tsx';
import type { Looks } from './looks.ts';
import { watchProcess } from './terminal/watch-process.ts';
import { createScreenStream } from './terminal/screen-stream.ts';
import { throttledSource } from './state-source.ts';

export interface RunConsoleOptions {
  readonly store: ConsoleStore;
  readonly looks: Looks;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** Linear text instead of a drawn screen: nothing is laid out, nothing is on an alternate screen. */
  readonly screenReader: boolean;
  /** Called once the first frame is on the screen: what must not delay it begins here. */
  readonly onPainted?: () => void;
  /** Most frames a second. A key after a pause is drawn at once whatever this is. */
  readonly maxFps?: number;
}

/** A frame takes two or three milliseconds: as much is left between two for all else. */
const MAX_FPS = 200;

function start(options: RunConsoleOptions): Instance {
  const { store, looks, stdin, screenReader, maxFps = MAX_FPS } = options;
  const root = <ConsoleRoot source={throttledSource(store, 1000 / maxFps)} store={store} looks={looks} />;
  const common = { stdin, exitOnCtrlC: false, patchConsole: false, interactive: true } as const;
  if (screenReader) return render(root, { ...common, stdout: options.stdout, isScreenReaderEnabled: true });
  // In debug mode Ink tells of every frame, and the frame writer finds the cells that changed. Ink's own incremental
  // rendering rewrites lines from the first change on: four times the bytes for a cursor move.
  const { stream, canvas, draw } = createScreenStream(options.stdout);
  const instance = render(<CanvasContext value={canvas}>{root}</CanvasContext>, {
    ...common,
    stdout: stream,
    debug: true,
    alternateScreen: true,
    isScreenReaderEnabled: false,
  });
  // At once: what must not delay the first frame begins when this returns.
  draw();
  return instance;
}

/**
 * Runs the console until it ends; answers the exit code. The terminal is given back on every way out: quit, ctrl+c,
 * SIGTERM, SIGHUP, ctrl+z and `fg`, a crash (which is thrown on, once the terminal can show it).
 */
export async function runConsole(options: RunConsoleOptions): Promise<number> {
  const { store, stdin, stdout } = options;
  const tellSize = (): void => store.dispatch({ kind: 'resize', columns: stdout.columns, rows: stdout.rows });
  // Before Ink's own listener, so that what it draws on a resize has the new size already.
  stdout.on('resize', tellSize);
  tellSize();
  // Ink does this after its first frame; a key pressed until then would be echoed into it.
  stdin.setRawMode(true);
  const instance = start(options);
  const watch = watchProcess();
  options.onPainted?.();
  try {
    return await Promise.race([
      instance.waitUntilExit().then((code) => (typeof code === 'number' ? code : 0)),
      watch.ended,
    ]);
  } finally {
    watch.stop();
    stdout.off('resize', tellSize);
    instance.unmount();
    instance.cleanup();
    // What was said last stays on the screen; the shell goes on below it.
    if (options.screenReader) stdout.write('\n');
    stdin.setRawMode(false);
  }
}
