import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options: { readonly type: 'major'; readonly flavor: 'last-resort' }) => void;

let collect: Collect | undefined;

/** V8 hands out its collector only to contexts that are made while it is exposed. */
function collector(): Collect {
  setFlagsFromString('--expose-gc');
  try {
    return runInNewContext('gc') as Collect;
  } finally {
    setFlagsFromString('--no-expose-gc');
  }
}

/**
 * Gives the memory of this thread's garbage back to the system, which V8 would keep for as long as little new garbage comes.
 * It throws much compiled code away as well: call it where that is not missed, after something large that is not done again.
 */
export function giveBackMemory(): void {
  collect ??= collector();
  collect({ type: 'major', flavor: 'last-resort' });
}
