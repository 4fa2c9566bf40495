import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';

/** Beside a store in which damage was met while it was in use: opening it may well look fine again. */
const markerOf = (path: string): string => `${path}.damaged`;

export const isMarkedDamaged = (path: string): boolean => existsSync(markerOf(path));

/** A store as it was opened: a program that starts later may set it aside, and put another one in its place. */
export interface StoreFile {
  readonly path: string;
  /** undefined: it is in memory alone. */
  readonly inode: number | undefined;
}

const inodeAt = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.ino;

export const storeFileAt = (path: string): StoreFile => ({ path, inode: inodeAt(path) });

/** Whether another file is in its place by now, or none: nobody would ever find what is written to this one. */
export const isReplaced = ({ path, inode }: StoreFile): boolean =>
  inode !== undefined && inode !== inodeAt(path);

export function markDamaged(file: StoreFile, why: string): void {
  if (file.inode !== undefined && !isReplaced(file))
    writeFileSync(markerOf(file.path), `${why}\n`, { mode: 0o600 });
}

export const clearDamageMarker = (path: string): void => rmSync(markerOf(path), { force: true });
