import { FILTER_KEYS, type FilterKey } from './ast.ts';

/** What each key of the filter takes. */
export type MomentKey = Extract<FilterKey, 'age' | 'updated' | 'used'>;

export const isMomentKey = (key: FilterKey): key is MomentKey =>
  key === 'age' || key === 'updated' || key === 'used';

const FLAG_ONLY: ReadonlySet<FilterKey> = new Set<FilterKey>(['public', 'new', 'marked']);
const FLAG_OR_VALUE: ReadonlySet<FilterKey> = new Set<FilterKey>(['error', 'rule', 'note', 'owner']);

/** Takes yes or no, nothing else. */
export const isFlagOnly = (key: FilterKey): boolean => FLAG_ONLY.has(key);

/** Takes yes or no, or a value: `note:yes`, `note:backup*`. */
export const takesFlag = (key: FilterKey): boolean => FLAG_ONLY.has(key) || FLAG_OR_VALUE.has(key);

export const isFilterKey = (text: string): text is FilterKey => FILTER_KEYS.some((key) => key === text);
