import type { TextField } from './text-field.ts';

/** What could stand at the caret of a line that is being typed: the filter, or a criterion of a rule. */
export interface Completing {
  readonly completions: readonly CompletionItem[];
  /** Index into completions; -1: none chosen. */
  readonly chosen: number;
}

export interface CompletionItem {
  /** What replaces text[from, to). */
  readonly insert: string;
  readonly from: number;
  readonly to: number;
  /** Shown beside it: a count, or what the key means. */
  readonly hint: string;
}

export const NO_COMPLETIONS: Completing = { completions: [], chosen: -1 };

/** The next one, round and round; one place more than there are items: none chosen. */
export function chooseNext({ completions, chosen }: Completing, by: number): number {
  const places = completions.length + 1;
  return ((chosen + 1 + by + places) % places) - 1;
}

/** The chosen one, else the first. */
export const itemToTake = ({ completions, chosen }: Completing): CompletionItem | undefined =>
  completions[Math.max(0, chosen)];

export const insertCompletion = ({ text }: TextField, { insert, from, to }: CompletionItem): TextField => ({
  text: text.slice(0, from) + insert + text.slice(to),
  caret: from + insert.length,
});
