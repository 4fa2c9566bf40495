import type { AppState } from '../../app/state.ts';

/** `2 of 312`: where the cursor is among all that the filter shows. */
export function formatPosition({ list }: AppState): string {
  const total = list.counts?.exposures;
  if (total === undefined) return '';
  return total === 0 ? '' : `${Math.min(list.cursor + 1, total)} of ${total}`;
}
