/**
 * What a theme gives a look to: meanings, never places. A theme may leave out any of them; the fallback says whose look
 * it then takes, so that a theme of three lines is whole.
 */
export const TOKENS = [
  'text',
  'muted',
  'accent',
  'heading',
  'border',
  'cursor',
  'marked',
  'selection',
  'key',
  'link',
  'public',
  'external',
  'internal',
  'unused',
  'active',
  'archived',
  'resolved',
  'risk',
  'success',
  'warning',
  'error',
  'added',
  'removed',
  'caret',
] as const;
export type Token = (typeof TOKENS)[number];

/** Every chain ends at `text`, which itself falls back to the terminal's own foreground. */
export const FALLBACK: Readonly<Record<Exclude<Token, 'text'>, Token>> = {
  muted: 'text',
  accent: 'text',
  heading: 'text',
  border: 'muted',
  cursor: 'accent',
  marked: 'accent',
  selection: 'cursor',
  key: 'accent',
  link: 'accent',
  public: 'error',
  external: 'warning',
  internal: 'accent',
  unused: 'text',
  active: 'text',
  archived: 'muted',
  resolved: 'success',
  risk: 'warning',
  success: 'text',
  warning: 'text',
  error: 'text',
  added: 'success',
  removed: 'error',
  caret: 'selection',
};

export const isToken = (word: string): word is Token => (TOKENS as readonly string[]).includes(word);
