import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
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
 * Gives the memory of what is garbage back to the system. V8 would keep it, 30 MB and more a thread, for as long as little
 * new garbage comes: on a bastion that is hours for every open console. Takes some 20 ms: call it when nothing is going on.
 */
export function giveBackMemory(): void {
  collect ??= collector();
  collect({ type: 'major', flavor: 'last-resort' });
}

const WORTH_BYTES = 4 * 1024 * 1024;

/** Whether so much room is kept for new garbage that it is worth giving back. */
export function keepsMuchRoom(): boolean {
  const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  return (young?.space_size ?? 0) > WORTH_BYTES;
}
