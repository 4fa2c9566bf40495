import type { AppState } from '../../src/app/state.ts';
import type { Dialog, DialogContent } from '../../src/app/dialog.ts';
import { parseFilter } from '../../src/domain/filter/parse.ts';
import type { Plan } from '../../src/domain/journal.ts';
import { copyMenu, linkMenu, selectMenu } from '../../src/app/selectors/menus.ts';
import {
  detailOf,
  ENTRIES,
  exposure,
  hostileExposures,
  manyExposures,
  MODE,
  NOW,
  stateWith,
  SUMMARY,
  withDetail,
  DAY,
} from './fixture.ts';

/** Every screen, dialog and state of the console that has a golden frame. */

const many = manyExposures(40);
const field = (text: string): { text: string; caret: number } => ({ text, caret: text.length });

const list = (state: AppState, over: Partial<AppState['list']>): AppState => ({
  ...state,
  list: { ...state.list, ...over },
});

const empty = (over: Partial<AppState> = {}): AppState => stateWith([], over);

const nothingSeen = (over: Partial<AppState>): AppState =>
  empty({
    summary: { analyzers: [], regions: [], lastSyncAt: undefined, journalEntries: 0, archiveRules: 0 },
    ...over,
  });

const open = (content: DialogContent): AppState => {
  const dialog: Dialog = { openedAt: 1, ...content };
  return withDetail(stateWith(many, { dialog }));
};

function filtered(
  text: string,
  caret = text.length,
  over: Partial<NonNullable<AppState['filterBar']>> = {},
): AppState {
  const parsed = parseFilter(text);
  const problem = parsed.ok ? undefined : parsed.problem;
  const bar = {
    text,
    caret,
    problem,
    completions: [],
    chosen: -1,
    before: '',
    cursorBefore: undefined,
    viewBefore: undefined,
  };
  return stateWith(many, { filterBar: { ...bar, ...over } });
}

const region = (name: string): string =>
  `arn:aws:access-analyzer:${name}:123456789012:analyzer/external-${name}`;

function planOf(regions: readonly string[], publicResources: readonly string[] = []): Plan {
  const operations = regions.map((name, at) => ({
    profile: 'prod',
    region: name,
    analyzerArn: region(name),
    change: {
      kind: 'update-findings' as const,
      status: 'ARCHIVED' as const,
      ids: Array.from({ length: at + 1 }, (_, index) => `f-${at}-${index}`),
      before: Array.from({ length: at + 1 }, () => 'ACTIVE' as const),
    },
    command: 'aws accessanalyzer update-findings …',
  }));
  const findings = operations.reduce((sum, { change }) => sum + change.ids.length, 0);
  return {
    kind: 'archive',
    title: `Archive ${findings} findings`,
    operations,
    exposureIds: ['e0'],
    skipped: [
      {
        ref: { profile: 'prod', region: 'us-east-1', analyzerArn: region('us-east-1'), id: 'x' },
        why: 'RESOLVED cannot be archived.',
      },
    ],
    publicCount: publicResources.length,
    publicResources,
    ...(publicResources.length === 0 ? {} : { typedWord: 'archive' }),
  };
}

const confirm = (plan: Plan, over: Partial<Extract<Dialog, { kind: 'confirm' }>> = {}): AppState =>
  open({ kind: 'confirm', plan, reason: field(''), typed: field(''), focus: 'reason', scroll: 0, ...over });

const menu = (id: 'sort' | 'views' | 'columns' | 'export'): AppState =>
  open({ kind: 'menu', menu: selectMenu(stateWith(many), id), chosen: 0 });

const journal = (over: Partial<AppState['journal']> = {}): AppState =>
  stateWith(many, {
    screen: 'journal',
    journal: { entries: ENTRIES, cursor: 1, top: 0, open: false, scroll: 0, ...over },
  });

const archived = (): AppState => {
  const parsed = parseFilter('account:1234*');
  const rows = many.map((row, at) => ({
    ...row,
    status: (['ACTIVE', 'ARCHIVED', 'RESOLVED', 'MIXED'] as const)[at % 4] ?? 'ACTIVE',
  }));
  return list(stateWith(rows), {
    filterText: 'account:1234*',
    ...(parsed.ok ? { filter: parsed.expr } : {}),
  });
};

const MANY_REGIONS = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'eu-central-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'eu-north-1',
  'eu-south-1',
  'ap-south-1',
  'ap-east-1',
  'sa-east-1',
  'ca-central-1',
  'me-south-1',
  'af-south-1',
];

export const SCENES: Readonly<Record<string, () => AppState>> = {
  'findings-many': () => withDetail(stateWith(many)),
  'findings-one': () => withDetail(stateWith([exposure()])),
  'findings-hostile': () => withDetail(stateWith(hostileExposures())),
  'findings-empty': () => empty(),
  'findings-first-sync': () =>
    nothingSeen({ sync: { kind: 'running', fraction: 0.31, text: 'us-east-1', findings: 124, regions: [] } }),
  'findings-no-credentials': () =>
    nothingSeen({
      sync: {
        kind: 'failed',
        problem: {
          kind: 'no-credentials',
          message: 'No AWS credentials were found.',
          hint: 'Looked in the environment, the shared files and the instance.',
        },
      },
    }),
  'findings-offline-empty': () => nothingSeen({ mode: { ...MODE, offline: true } }),
  'findings-marked': () => {
    const marks = {
      ids: new Set(['e1', 'e2', 'e9']),
      hidden: new Set(['e9']),
      anchor: undefined,
      anchorId: undefined,
    };
    return withDetail(list(stateWith(many, { marks }), { cursor: 2, cursorId: 'e2' }));
  },
  'findings-statuses': archived,
  'findings-scrolled': () =>
    list(stateWith(many), { offset: 0, top: 30, cursor: 39, cursorId: 'e39', notice: '4 new, 2 gone' }),
  'findings-window-loading': () => list(stateWith(many), { rows: many.slice(0, 6), loading: true }),
  'findings-syncing': () =>
    withDetail(
      stateWith(many, {
        sync: { kind: 'running', fraction: 0.61, text: 'eu-west-1', findings: 812, regions: [] },
        mode: { ...MODE, readOnly: true, demo: true },
      }),
    ),
  'filter-completions': () =>
    filtered('status:active ty', 16, {
      completions: [
        { insert: 'type:', from: 14, to: 16, hint: 'kind of finding' },
        { insert: 'type:unused-role', from: 14, to: 16, hint: '12' },
        { insert: 'type:external', from: 14, to: 16, hint: '204' },
      ],
      chosen: 1,
    }),
  'filter-problem': () => filtered('status:active reigon:eu-*', 25),
  'filter-long': () => filtered(`resource:${'very-long-'.repeat(20)}end`),
  'detail-open': () => withDetail(stateWith(many), { open: true }),
  'detail-hostile': () => withDetail(stateWith(hostileExposures()), { open: true }),
  'detail-scrolled': () => withDetail(stateWith(many), { open: true, scroll: 20 }),
  'detail-loading': () =>
    stateWith(many, {
      detail: { open: true, exposureId: 'e0', data: undefined, history: [], scroll: 0, pending: new Set() },
    }),
  rules: () => stateWith(many, { screen: 'rules' }),
  analyzers: () => stateWith(many, { screen: 'analyzers', analyzers: { cursor: 1, top: 0 } }),
  'analyzers-disabled': () => stateWith(many, { screen: 'analyzers', analyzers: { cursor: 4, top: 0 } }),
  'analyzers-empty': () => nothingSeen({ screen: 'analyzers' }),
  overview: () => stateWith(many, { screen: 'overview' }),
  'overview-empty': () => nothingSeen({ screen: 'overview' }),
  journal: () => journal(),
  'journal-entry': () => journal({ open: true }),
  'journal-empty': () => journal({ entries: [], cursor: 0 }),
  'dialog-planning': () => open({ kind: 'planning', title: 'Archive', serial: 1 }),
  'dialog-confirm': () => confirm(planOf(['us-east-1', 'eu-central-1'])),
  'dialog-confirm-public': () =>
    confirm(planOf(['us-east-1'], ['arn:aws:s3:::ext-data-00000']), {
      reason: field('partner access, ticket SEC-1042'),
      typed: field('archi'),
      focus: 'typed',
      problem: 'Type archive to go on, or esc to leave.',
    }),
  'dialog-confirm-many': () => confirm(planOf(MANY_REGIONS), { scroll: 5 }),
  'dialog-menu-sort': () => menu('sort'),
  'dialog-menu-views': () => menu('views'),
  'dialog-menu-columns': () => menu('columns'),
  'dialog-menu-export': () => menu('export'),
  'dialog-menu-copy': () =>
    open({
      kind: 'menu',
      menu: copyMenu(detailOf(many[0] ?? exposure())),
      chosen: 1,
    }),
  'dialog-menu-links': () =>
    open({ kind: 'menu', menu: linkMenu(detailOf(many[0] ?? exposure())), chosen: 0 }),
  'dialog-palette': () => open({ kind: 'palette', field: field(''), chosen: 0 }),
  'dialog-palette-typed': () => open({ kind: 'palette', field: field('arch'), chosen: 0 }),
  'dialog-palette-none': () => open({ kind: 'palette', field: field('xyzzy'), chosen: 0 }),
  'dialog-help': () => open({ kind: 'help', scroll: 0 }),
  'dialog-help-scrolled': () => open({ kind: 'help', scroll: 30 }),
  'dialog-themes': () => open({ kind: 'themes', before: 'default', chosen: 3 }),
  'dialog-save-view': () => open({ kind: 'save-view', field: field(''), problem: 'A view needs a name.' }),
  'dialog-outcome': () => ({
    ...open({ kind: 'outcome', entryId: 2, scroll: 0 }),
    journal: { entries: ENTRIES, cursor: 0, top: 0, open: false, scroll: 0 },
  }),
  'dialog-recovered': () => open({ kind: 'recovered', entries: ENTRIES.slice(1, 2), scroll: 0 }),
  'dialog-problem': () =>
    open({
      kind: 'problem',
      problem: {
        kind: 'denied',
        message: 'Access Analyzer refused access-analyzer:UpdateFindings in eu-central-1.',
        hint: 'See the policy that is needed: iam-triage permissions',
      },
    }),
  'toast-error': () =>
    stateWith(many, {
      toast: {
        kind: 'error',
        text: 'The clipboard could not be reached.',
        hint: 'The text is in the journal.',
        id: 1,
      },
    }),
  'toast-success': () =>
    stateWith(many, {
      toast: { kind: 'success', text: 'Archived 3 findings.', hint: 'z takes it back', id: 1 },
    }),
  'change-running': () =>
    stateWith(many, { running: { title: 'Archive 340 findings', done: 120, total: 340, exposureIds: [] } }),
  'summary-unknown': () => ({ ...stateWith(many), summary: undefined }),
  'stale-store': () =>
    stateWith(many, {
      summary: { ...SUMMARY, lastSyncAt: NOW - 40 * DAY },
      sync: { kind: 'failed', problem: { kind: 'unreachable', message: 'AWS could not be reached.' } },
    }),
};
