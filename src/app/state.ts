import type { RowRange } from '../domain/list-place.ts';
import type { ExposureDetail, ExposureRow, ListCounts, Sort, StoreSummary } from '../domain/listing.ts';
import type { ExposureId } from '../domain/exposure.ts';
import type { AccountNames } from '../domain/filter/account-names.ts';
import type { Expr, FilterContext, FilterProblem } from '../domain/filter/ast.ts';
import type { JournalEntry } from '../domain/journal.ts';
import type { Problem } from '../domain/problem.ts';
import type { RegionProgress } from '../sync/progress.ts';
import type { Completing } from './completing.ts';
import type { Dialog } from './dialog.ts';
import type { Chord, Keymap } from './keymap.ts';
import type { Panel } from './panel.ts';
import type { ProofState } from './proof.ts';
import type { RulesState } from './rules/rules-state.ts';
import type { SavedView } from './saved-view.ts';

/** Everything the screen shows; screens are functions of this and a theme. Replaced, never mutated. */
export interface AppState {
  readonly viewport: Viewport;
  /** Epoch ms, coarse (advanced by a tick): what ages are relative to. */
  readonly now: number;
  readonly mode: Mode;
  readonly keymap: Keymap;
  readonly themeName: string;
  readonly themeNames: readonly string[];
  readonly screen: ScreenName;
  readonly list: ListState;
  /** The line under the header while it is being typed in; undefined: not open. */
  readonly filterBar: FilterBar | undefined;
  readonly marks: Marks;
  readonly detail: DetailState;
  /** Over the list, on the Findings screen. */
  readonly panel: Panel | undefined;
  /** Fixes and scans whose proof is waited for, or was since the list was asked; by exposure. */
  readonly proofs: ReadonlyMap<ExposureId, ProofState>;
  /** Account id → organization that was typed for it last. */
  readonly organizations: Readonly<Record<string, string>>;
  /** At most one, and it alone gets the keys. */
  readonly dialog: Dialog | undefined;
  readonly toast: Toast | undefined;
  /** Keys that wait for the rows or marks they are meant for: what they were pressed on has not come yet. */
  readonly waiting: readonly PressedKey[];
  readonly sync: SyncState;
  readonly summary: StoreSummary | undefined;
  readonly journal: JournalState;
  readonly analyzers: TableState;
  readonly rules: RulesState;
  readonly overview: TableState;
  readonly views: readonly SavedView[];
  /** Name of the saved view that the list shows, until filter or sort change. */
  readonly viewName: string | undefined;
  readonly running: RunningChange | undefined;
  /** Last serial given to a toast or a plan: what comes late names an older one. */
  readonly serial: number;
  /** Set once the program is to end. */
  readonly quit: { readonly exitCode: number } | undefined;
}

export interface PressedKey {
  readonly chord: Chord;
  readonly chunk: number;
}

export interface Viewport {
  readonly columns: number;
  readonly rows: number;
}

/** What was fixed at start. */
export interface Mode {
  readonly readOnly: boolean;
  readonly offline: boolean;
  readonly demo: boolean;
  readonly ascii: boolean;
  readonly screenReader: boolean;
  /** Epoch ms of the visit before this one; 0 on the first. */
  readonly lastVisitAt: number;
  /** For the header: profiles asked for, as typed. */
  readonly profiles: readonly string[];
  /** Account id → name, from the settings: shown instead of the id, and known to the filter's `account:`. */
  readonly accountNames: AccountNames;
  /** What esc clears the filter to: the `--filter` of the command line, else `status:active`. */
  readonly homeFilter: string;
}

export const SCREEN_NAMES = ['findings', 'rules', 'analyzers', 'overview', 'journal'] as const;
export type ScreenName = (typeof SCREEN_NAMES)[number];

export interface ListState {
  /** The filter in force, as text and as tree. A wrong text never gets here. */
  readonly filterText: string;
  readonly filter: Expr;
  readonly sort: Sort;
  /** Grows with each change of filter, sort or store; a late answer with an older version is dropped. */
  readonly version: number;
  /** What ages, `new:` and `marked:` meant when this version began: one version never mixes two answers. */
  readonly context: FilterContext;
  /** Ids of the columns shown; undefined: as the width decides (columns.ts). */
  readonly columns: readonly string[] | undefined;
  readonly counts: ListCounts | undefined;
  /** Rows from `offset` on: the viewport and some neighbours. */
  readonly offset: number;
  readonly rows: readonly ExposureRow[];
  /** Row number of the cursor and the exposure it follows. */
  readonly cursor: number;
  readonly cursorId: ExposureId | undefined;
  /** A person has pressed a key since the start. Before that nobody's row can be lost: what comes in needs no saying. */
  readonly touched: boolean;
  /** Row number at the top of the viewport. */
  readonly top: number;
  /** The answer to this version has not come yet. */
  readonly loading: boolean;
  /** The rows answer an earlier question (filter or sort): nothing may act on them. */
  readonly outdated: boolean;
  /** The store changed while an answer was under way: ask once more when it is there. */
  readonly stale: boolean;
  /** A window that was asked for and has not come. */
  readonly asked: RowRange | undefined;
  readonly problem: Problem | undefined;
  /** Findings of which only a detail that is not here yet tells whether the filter means them; counted up to MOST_UNKNOWN. */
  readonly unknown: number;
  /** Said after a refresh that moved or added rows: "4 new, 2 gone". */
  readonly notice: string | undefined;
  /** What the notice sums up, over all refreshes since the last key. */
  readonly drift: Drift;
}

/** Rows that came and went; `moved`: the same rows in another order. */
export interface Drift {
  readonly added: number;
  readonly gone: number;
  readonly moved: boolean;
}

export interface FilterBar extends Completing {
  readonly text: string;
  /** Caret, in UTF-16 units. */
  readonly caret: number;
  readonly problem: FilterProblem | undefined;
  /** Filter, cursor and view to go back to on esc. */
  readonly before: string;
  readonly cursorBefore: ExposureId | undefined;
  readonly viewBefore: string | undefined;
}

export interface Marks {
  readonly ids: ReadonlySet<ExposureId>;
  /** Marked, but not among the rows that the filter shows: a command leaves these alone. */
  readonly hidden: ReadonlySet<ExposureId>;
  /** Row where a range (v) began, and its exposure. */
  readonly anchor: number | undefined;
  readonly anchorId: ExposureId | undefined;
  /** What is being marked has not come yet: all that the filter shows, or a range longer than the screen. */
  readonly coming: boolean;
}

export interface DetailState {
  /** Full screen (enter); beside the list it follows the cursor whenever the terminal is wide enough. */
  readonly open: boolean;
  /** What it is to be about: the exposure under the cursor. */
  readonly exposureId: ExposureId | undefined;
  /** What it shows; beside the list that of the exposure before, until the hand rests and the store has answered. */
  readonly data: ExposureDetail | undefined;
  readonly history: readonly JournalEntry[];
  readonly scroll: number;
  /** Finding ids whose detail has been asked for and has not arrived. */
  readonly pending: ReadonlySet<string>;
}

export interface Toast {
  /** A `refusal` says why a key did nothing. */
  readonly kind: 'info' | 'success' | 'refusal' | 'warning' | 'error';
  readonly text: string;
  readonly hint?: string;
  /** Serial: the effect that takes it away names it. The next key takes errors and refusals away, too: what it does may make a refusal untrue. */
  readonly id: number;
}

export type SyncState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running';
      readonly fraction: number;
      readonly text: string;
      readonly findings: number;
      readonly regions: readonly RegionProgress[];
    }
  | { readonly kind: 'failed'; readonly problem: Problem };

export interface JournalState {
  readonly entries: readonly JournalEntry[];
  readonly cursor: number;
  readonly top: number;
  readonly open: boolean;
  readonly scroll: number;
}

/** Cursor and first visible row of a table screen. */
export interface TableState {
  readonly cursor: number;
  readonly top: number;
}

/** A change that is being carried out. */
export interface RunningChange {
  readonly title: string;
  readonly done: number;
  readonly total: number;
  /** Marks that go when it has ended well. */
  readonly exposureIds: readonly ExposureId[];
}
