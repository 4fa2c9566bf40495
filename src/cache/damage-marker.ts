import { existsSync, rmSync, writeFileSync } from 'node:fs';

/** Beside a store in which damage was met while it was in use: opening it may well look fine again. */
const markerOf = (path: string): string => `${path}.damaged`;

export const isMarkedDamaged = (path: string): boolean => existsSync(markerOf(path));

export function markDamaged(path: string, why: string): void {
  if (existsSync(path)) writeFileSync(markerOf(path), `${why}\n`, { mode: 0o600 });
}

export const clearDamageMarker = (path: string): void => rmSync(markerOf(path), { force: true });
