/**
 * The filter language as a tree. One grammar serves the console, the commands, saved views and archive rules:
 * `status:active type:unused-* -resource:*backup* (principal:4444* or action:kms:*) photos`.
 */
export const FILTER_KEYS = [
  'status',
  'type',
  'kind',
  'resource',
  'account',
  'region',
  'analyzer',
  'profile',
  'principal',
  'action',
  'condition',
  'public',
  'error',
  'age',
  'updated',
  'used',
  'new',
  'marked',
  'rule',
  'note',
  'owner',
  'id',
] as const;
export type FilterKey = (typeof FILTER_KEYS)[number];

/** Where in the text a part stands: offsets in UTF-16 units, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A value with its wildcards resolved: the literal parts between `*`s. `['a','b']` is `a*b`; `['a']` is exactly a. */
export interface Pattern {
  readonly parts: readonly string[];
}

/** `age:>30d`: an age in milliseconds (relative to now). `updated:>2026-01-01`: a date, epoch ms. */
export type Moment = { readonly age: number } | { readonly at: number };

export type Expr =
  | { readonly kind: 'all' }
  | { readonly kind: 'and'; readonly items: readonly Expr[]; readonly span: Span }
  | { readonly kind: 'or'; readonly items: readonly Expr[]; readonly span: Span }
  | { readonly kind: 'not'; readonly item: Expr; readonly span: Span }
  | Term;

export type Term =
  /** A bare word: substring, case-insensitive, of all text of the exposure. `text` is the word without quotes. */
  | { readonly kind: 'word'; readonly pattern: Pattern; readonly span: Span }
  /** `key:a,b*`: one of these, case-insensitive; a pattern without `*` must match whole (see filter keys for exceptions). */
  | {
      readonly kind: 'match';
      readonly key: FilterKey;
      readonly values: readonly Pattern[];
      readonly span: Span;
    }
  /** `public:yes`, `new:no`, `error:yes`, `marked:yes`, `rule:no`, `note:yes`. */
  | { readonly kind: 'flag'; readonly key: FilterKey; readonly value: boolean; readonly span: Span }
  /**
   * `age:>30d updated:<2026-01-01 used:>90d used:never`. For an age `>` means older; for a date `>` means later.
   * `never` stands for "never used".
   */
  | {
      readonly kind: 'moment';
      readonly key: Extract<FilterKey, 'age' | 'updated' | 'used'>;
      readonly op: '>' | '>=' | '<' | '<=' | '=';
      readonly moment: Moment | 'never';
      readonly span: Span;
    };

/** What is wrong with a filter's text, and where. */
export interface FilterProblem {
  readonly message: string;
  readonly span: Span;
  /** Replacement for the text of the span. */
  readonly suggestion?: string;
}

export type ParsedFilter =
  { readonly ok: true; readonly expr: Expr } | { readonly ok: false; readonly problem: FilterProblem };

/** What a filter needs to know besides the store. */
export interface FilterContext {
  /** Epoch ms that ages are relative to. */
  readonly now: number;
  /** `new:yes` means first seen after this. */
  readonly lastVisitAt: number;
  /** Exposure ids that are marked in the console; empty elsewhere. */
  readonly marked: ReadonlySet<string>;
}
