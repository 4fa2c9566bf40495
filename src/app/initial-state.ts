import type { ExposureRow, ListCounts, StoreSummary } from '../domain/listing.ts';
import { DEFAULT_SORT } from '../domain/listing.ts';
import type { FilterProblem } from '../domain/filter/ast.ts';
import { parseFilter } from '../domain/filter/parse.ts';
import type { Keymap } from './keymap.ts';
import { NO_RULES } from './rules/rules-state.ts';
import { nameOfView, type SavedView } from './saved-view.ts';
import { joinViews } from './shipped-views.ts';
import type { AppState, ListState, Mode, Viewport } from './state.ts';
import { NO_DETAIL } from './update/detail.ts';
import { NO_DRIFT } from './update/drift.ts';
import { NO_MARKS } from './update/marks.ts';

/** What the console starts with. */
export interface StartFacts {
  readonly viewport: Viewport;
  readonly now: number;
  readonly mode: Mode;
  readonly keymap: Keymap;
  readonly themeName: string;
  readonly themeNames: readonly string[];
  /** Saved views of the person; the shipped ones are added. */
  readonly views: readonly SavedView[];
  /** Account id → organization that may keep access, as typed on an earlier visit. */
  readonly organizations?: Readonly<Record<string, string>>;
  /** The first window and what is known of the store, if read before the first paint. */
  readonly first?: { readonly rows: readonly ExposureRow[]; readonly counts: ListCounts };
  readonly summary?: StoreSummary;
}

export const HOME_FILTER = 'status:active';

const NO_TABLE = { cursor: 0, top: 0 } as const;

function initialList(facts: StartFacts): {
  readonly list: ListState;
  readonly problem: FilterProblem | undefined;
} {
  const parsed = parseFilter(facts.mode.homeFilter);
  const rows = facts.first?.rows ?? [];
  const list: ListState = {
    filterText: parsed.ok ? facts.mode.homeFilter : '',
    filter: parsed.ok ? parsed.expr : { kind: 'all' },
    sort: DEFAULT_SORT,
    version: 0,
    context: { now: facts.now, lastVisitAt: facts.mode.lastVisitAt, marked: new Set() },
    columns: undefined,
    counts: facts.first?.counts,
    offset: 0,
    rows,
    cursor: 0,
    cursorId: rows[0]?.exposureId,
    touched: false,
    top: 0,
    loading: true,
    outdated: facts.first === undefined,
    stale: false,
    asked: undefined,
    problem: undefined,
    unknown: 0,
    notice: undefined,
    drift: NO_DRIFT,
  };
  return { list, problem: parsed.ok ? undefined : parsed.problem };
}

export function createInitialState(facts: StartFacts): AppState {
  const { list, problem } = initialList(facts);
  const views = joinViews(facts.views);
  const [keyProblem] = facts.keymap.problems;
  const said = problem?.message ?? keyProblem;
  return {
    viewport: facts.viewport,
    now: facts.now,
    mode: facts.mode,
    keymap: facts.keymap,
    themeName: facts.themeName,
    themeNames: facts.themeNames,
    screen: 'findings',
    list,
    filterBar: undefined,
    marks: NO_MARKS,
    detail: NO_DETAIL,
    panel: undefined,
    proofs: new Map(),
    organizations: facts.organizations ?? {},
    dialog: undefined,
    toast: said === undefined ? undefined : { kind: 'error', text: said, id: 0 },
    waiting: [],
    sync: { kind: 'idle' },
    summary: facts.summary,
    journal: { entries: [], ...NO_TABLE, open: false, scroll: 0 },
    analyzers: NO_TABLE,
    rules: NO_RULES,
    overview: NO_TABLE,
    views,
    viewName: nameOfView(views, list.filterText, list.sort),
    running: undefined,
    serial: 0,
    quit: undefined,
  };
}
