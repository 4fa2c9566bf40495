import { existsSync, renameSync } from 'node:fs';
import { clearDamageMarker } from './damage-marker.ts';
import { type Salvaged, salvage } from './salvage.ts';
import { connect, Connection } from './sqlite.ts';

export interface Rebuilt {
  readonly connection: Connection;
  readonly notices: readonly string[];
}

/** `2026-11-22T02:21:07.000Z` → `20261122T022107Z`: sorts by time and needs no quoting. */
const stamp = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');

function freePath(path: string, at: number): string {
  const wanted = `${path}.corrupt-${stamp(at)}`;
  let free = wanted;
  for (let number = 2; existsSync(free); number++) free = `${wanted}-${number}`;
  return free;
}

/** Side files go with the store: the -wal file may hold the latest entries of the journal. */
function setAside(path: string, aside: string): void {
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
}

/** Sets a damaged store aside, makes a new one, and brings over what no sync could fetch again. */
export function rebuild(path: string, at: number, create: () => Connection): Rebuilt {
  const aside = freePath(path, at);
  setAside(path, aside);
  const connection = create();
  const salvaged = salvageFrom(aside, connection);
  clearDamageMarker(path);
  return { connection, notices: [noticeOf(path, aside, salvaged)] };
}

function salvageFrom(aside: string, target: Connection): Salvaged | undefined {
  let source: Connection | undefined;
  try {
    source = new Connection(connect(aside));
    return salvage(source, target);
  } catch (error) {
    // Not even its first page can be read. The file stays, and the notice says so.
    if (!(error instanceof Error)) throw error;
    return undefined;
  } finally {
    source?.close();
  }
}

function noticeOf(path: string, aside: string, salvaged: Salvaged | undefined): string {
  const start = `The store ${path} was damaged. It was set aside as ${aside} and rebuilt`;
  if (salvaged === undefined)
    return `${start}; nothing in it could be read, so its journal and decisions stay there.`;
  const { entries, decisions, complete } = salvaged;
  const what = `${entries} journal ${entries === 1 ? 'entry' : 'entries'} and ${decisions} ${decisions === 1 ? 'decision' : 'decisions'}`;
  const end = complete ? '' : ', as far as they could be read';
  return `${start} with ${what}${end}. Run iam-triage sync to fetch the findings again.`;
}
