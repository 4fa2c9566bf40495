import type { AppState } from '../../src/app/state.ts';
import type { Dialog, DialogContent } from '../../src/app/dialog.ts';
import { parseFilter } from '../../src/domain/filter/parse.ts';
import type { Proof } from '../../src/triage/resolve/prove.ts';
import type { Plan } from '../../src/domain/journal.ts';
import type { Problem } from '../../src/domain/problem.ts';
import { copyMenu } from '../../src/app/selectors/copy-menu.ts';
import { linkMenu, selectMenu } from '../../src/app/selectors/menus.ts';
import {
  detailOf,
  ENTRIES,
  exposure,
  HOUR,
  hostileExposures,
  manyExposures,
  MODE,
  NOW,
  stateWith,
  SUMMARY,
  withDetail,
  DAY,
} from './fixture.ts';
import { ANALYZER_DELETION, OPEN_RULE, RULES, SUGGESTING } from './rules-fixture.ts';
import {
  COMPLETED_KEY,
  COMPLETED_RULE,
  DANGEROUS_RULE,
  EDIT_PLAN,
  RULE_EDITOR,
  SCROLLED_RULE,
  SPLIT_PLAN,
  SPLIT_RULE,
  TICKING,
  TICKING_FULL,
  TICKING_NONE,
} from './rule-editor-fixture.ts';

import {
  aChange,
  aRecommendation,
  aResolution,
  removeTrust,
  trustedFromOutside,
  trustPlan,
  unusedPermissions,
} from '../app/fakes/advice.ts';
import { NOW as ADVICE_NOW } from '../app/fakes/findings.ts';
import type { Panel } from '../../src/app/panel.ts';
import { confirmPlan } from '../../src/app/update/plan.ts';

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

/** Every Region was asked, and none answered. */
function nothingReached(over: Partial<AppState>): AppState {
  const error = 'http://127.0.0.1:4598 cannot be reached: it refuses connections.';
  const hint = 'Check AWS_ENDPOINT_URL and whether something listens there.';
  const regions = ['eu-west-1', 'us-east-1'].map(
    (region) => ({ profile: 'prod', region, status: 'failed', at: NOW, error, hint }) as const,
  );
  return empty({
    summary: { analyzers: [], regions, lastSyncAt: undefined, journalEntries: 0, archiveRules: 0 },
    sync: { kind: 'failed', problem: { kind: 'service', message: error, hint } },
    ...over,
  });
}

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

const menu = (id: 'sort' | 'views' | 'columns' | 'export' | 'export-rules'): AppState =>
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

const place = { exposureId: 'e1', serial: 1, chosen: 0, scroll: 0 } as const;

const under = (panel: Panel, over: Partial<AppState> = {}): AppState =>
  stateWith(many, { now: ADVICE_NOW, panel, ...over });

type Over<K extends Panel['kind']> = Partial<Extract<Panel, { kind: K }>>;

function policy(over: Over<'policy'> = {}): AppState {
  const value = { finding: unusedPermissions(), recommendation: aRecommendation() };
  const asked = { state: 'ready', value } as const;
  return under({ ...place, kind: 'policy', name: 'role svc/app-00000', asked, checking: false, ...over });
}

function checkedPolicy(): AppState {
  const verdict = {
    result: 'FAIL' as const,
    message: 'New access was found.',
    reasons: ['s3:GetObject in statement Data.'],
  };
  const recommendation = aRecommendation({ changes: [aChange({ verdict, issues: [] })], stale: false });
  const asked = { state: 'ready', value: { finding: unusedPermissions(), recommendation } } as const;
  return policy({ asked, scroll: 99 });
}

const outside = trustedFromOutside();

function resolving(over: Over<'resolve'> = {}, state: Partial<AppState> = {}): AppState {
  const asked = { state: 'ready', value: aResolution(outside) } as const;
  const name = 'role partner/cross-acct-00001';
  return under(
    {
      ...place,
      kind: 'resolve',
      name,
      asked,
      made: undefined,
      organizationId: undefined,
      under: undefined,
      ...over,
    },
    state,
  );
}

/** The fix was made; what is known of its proof. */
const proving = (proof: Partial<AppState>['proofs']): AppState =>
  resolving({ made: trustPlan(outside).title }, proof === undefined ? {} : { proofs: proof });

const NAME = 'role partner/cross-acct-00001';

const blockedFix = removeTrust(outside, {
  blocked: {
    kind: 'denied',
    message: 'The resource belongs to account 210987654321, and the profile prod to 123456789012.',
    hint: 'Name a role that may be assumed there as "fixRoleName" in the settings.',
  },
});

const PANELS: Readonly<Record<string, () => AppState>> = {
  'policy-loading': () => policy({ asked: { state: 'loading', progress: undefined } }),
  'policy-progress': () =>
    policy({ asked: { state: 'loading', progress: { elapsedMs: 8000, usualMs: 20_000 } } }),
  'policy-failed': () =>
    policy({
      asked: {
        state: 'failed',
        problem: {
          kind: 'service',
          message: 'Access Analyzer could not recommend a policy: a policy cannot be read.',
          hint: 'Look at the policies of the role or user.',
        },
      },
    }),
  policy: () => policy(),
  'policy-scrolled': () => policy({ scroll: 12 }),
  'policy-detached': () => policy({ chosen: 1 }),
  'policy-checking': () => policy({ checking: true, scroll: 99 }),
  'policy-checked': () => checkedPolicy(),
  'policy-price': () => ({
    ...policy(),
    dialog: { openedAt: 1, kind: 'price', text: '1 check at $0.0020 each, $0.0020 in all' },
  }),
  resolve: () => resolving(),
  'resolve-scrolled': () => resolving({ scroll: 99 }),
  'resolve-by-hand': () => resolving({ chosen: 1 }),
  'resolve-blocked': () => {
    const { plan: _none, ...fix } = blockedFix;
    return resolving({ asked: { state: 'ready', value: aResolution(outside, { fixes: [fix] }) } });
  },
  'resolve-nothing': () =>
    resolving({
      asked: {
        state: 'ready',
        value: aResolution(outside, { fixes: [], notes: ['The finding is RESOLVED already.'] }),
      },
    }),
  'resolve-loading': () => resolving({ asked: { state: 'loading', progress: undefined } }),
  'resolve-organization': () => ({
    ...resolving(),
    dialog: {
      openedAt: 1,
      kind: 'organization',
      field: field('o-a1'),
      problem: 'An organization id begins with o- and has 10 to 32 small letters and digits after it.',
    },
  }),
  'resolve-confirm': () => ({
    ...resolving(),
    dialog: { openedAt: 1, ...confirmPlan(trustPlan(outside), { names: [NAME] }) },
  }),
  'resolve-waiting': () =>
    proving(
      new Map([
        [
          'e1',
          {
            name: NAME,
            state: 'waiting',
            progress: { elapsedMs: 42_000, longestMs: 1_800_000, looks: 7 },
          } as const,
        ],
      ]),
    ),
  'resolve-proven': () => proving(ended({ kind: 'resolved' })),
  'resolve-came-back': () => proving(ended({ kind: 'came-back', findings: [outside] })),
  'resolve-not-proven': () => proving(ended({ kind: 'not-proven', error: 'ACCESS_DENIED' })),
  'resolve-due': () => proving(ended({ kind: 'due', at: ADVICE_NOW + DAY })),
  'findings-fixed': () =>
    withDetail(stateWith(many.map((row, at) => (at % 3 === 0 ? { ...row, fixedAt: NOW - 3 * HOUR } : row)))),
};

const ended = (proof: Proof): AppState['proofs'] =>
  new Map([
    [
      'e1',
      { name: NAME, state: 'ended', findings: [{ finding: outside, proof: { ok: true, value: proof } }] },
    ],
  ]);

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
  'findings-nothing-reached': () => nothingReached({}),
  'findings-offline-empty': () => nothingSeen({ mode: { ...MODE, offline: true } }),
  'findings-marked': () => {
    const marks = {
      ids: new Set(['e1', 'e2', 'e9']),
      hidden: new Set(['e9']),
      anchor: undefined,
      anchorId: undefined,
      coming: false,
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
  rules: () => stateWith(many, { screen: 'rules', rules: { ...RULES, cursor: 1 } }),
  'rule-open': () => stateWith(many, { screen: 'rules', rules: OPEN_RULE }),
  'rule-open-scrolled': () =>
    stateWith(many, { screen: 'rules', rules: { ...OPEN_RULE, open: { ...OPEN_RULE.open, scroll: 14 } } }),
  'dialog-import-rules': () =>
    open({
      kind: 'import-rules',
      field: field('saved/iam-tri'),
      onTaken: 'refuse',
      partial: false,
      apply: false,
      focus: 0,
      paths: ['saved/iam-triage-rules-2026-01-15T12-00-00.json', 'saved/iam-triage\u001b[31m.json'],
    }),
  'dialog-import-rules-wrong': () =>
    open({
      kind: 'import-rules',
      field: field('notes.txt'),
      onTaken: 'replace',
      partial: true,
      apply: true,
      focus: 1,
      paths: [],
      problem: 'This is not JSON: Unexpected token \'h\', "hello" is not valid JSON.',
    }),
  'dialog-export-first': () =>
    open({
      kind: 'export-first',
      offer: {
        profile: 'prod',
        region: 'us-east-1',
        arn: 'arn:aws:access-analyzer:us-east-1:123456789012:analyzer/external-us',
        name: 'external-us',
        rules: 14,
        path: '/home/ada/iam-triage-rules-external-us-2026-01-15T12-00-00.json',
      },
      wanted: true,
      field: field('/home/ada/iam-triage-rules-external-us-2026-01-15T12-00-00.json'),
      focus: 0,
    }),
  'dialog-confirm-analyzer': () => confirm(ANALYZER_DELETION, { focus: 'typed', typed: field('external-') }),
  'dialog-menu-export-rules': () => menu('export-rules'),
  'rules-suggestion': () => stateWith(many, { screen: 'rules', rules: SUGGESTING }),
  'rules-empty': () => nothingSeen({ screen: 'rules' }),
  'dialog-rule': () => open(RULE_EDITOR),
  'dialog-rule-danger': () => open(DANGEROUS_RULE),
  'dialog-rule-completed': () => open(COMPLETED_RULE),
  'dialog-rule-completed-key': () => open(COMPLETED_KEY),
  'dialog-rule-split': () => open(SPLIT_RULE),
  'dialog-rule-scrolled': () => open(SCROLLED_RULE),
  'dialog-rule-edit-diff': () => confirm(EDIT_PLAN, { focus: 'none' }),
  'dialog-rule-split-plan': () => confirm(SPLIT_PLAN, { focus: 'typed' }),
  'dialog-rule-ticking': () => open(TICKING),
  'dialog-rule-ticking-full': () => open(TICKING_FULL),
  'dialog-rule-ticking-none': () => open(TICKING_NONE),
  'dialog-rule-wrong': () =>
    open({ ...RULE_EDITOR, trial: undefined, problem: '“resource is it” is not a criterion.' }),
  analyzers: () => stateWith(many, { screen: 'analyzers', analyzers: { cursor: 1, top: 0 } }),
  'analyzers-disabled': () => stateWith(many, { screen: 'analyzers', analyzers: { cursor: 4, top: 0 } }),
  'analyzers-large': () => {
    const state = stateWith(many, { screen: 'analyzers', analyzers: { cursor: 1, top: 0 } });
    const analyzers = (state.summary?.analyzers ?? []).map((analyzer) => ({
      ...analyzer,
      counts: { ...analyzer.counts, active: 165_988, archived: 14_974 },
    }));
    return { ...state, summary: state.summary && { ...state.summary, analyzers } };
  },
  'analyzers-empty': () => nothingSeen({ screen: 'analyzers' }),
  overview: () => stateWith(many, { screen: 'overview' }),
  'overview-empty': () => nothingSeen({ screen: 'overview' }),
  'overview-nothing-seen': () => nothingReached({ screen: 'overview' }),
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
      menu: copyMenu(detailOf(many[0] ?? exposure()).findings, { ids: ['e0'], of: 'cursor', hidden: 0 }),
      chosen: 1,
    }),
  'dialog-menu-copy-marked': () =>
    open({
      kind: 'menu',
      menu: copyMenu(
        many.slice(0, 3).flatMap((row) => detailOf(row).findings),
        { ids: ['e2', 'e0', 'e1', 'e9'], of: 'marks', hidden: 1 },
      ),
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
  'dialog-recovered': () =>
    open({ kind: 'recovered', recoveries: ENTRIES.slice(1, 2).map((entry) => ({ entry })), scroll: 0 }),
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
  'change-running-refusal': () =>
    stateWith(many, {
      running: { title: 'Archive 340 findings', done: 120, total: 340, exposureIds: [] },
      toast: {
        kind: 'refusal',
        text: '"Archive 340 findings" is under way: wait for it, or leave with ctrl+c.',
        id: 1,
      },
    }),
  'change-running': () =>
    stateWith(many, { running: { title: 'Archive 340 findings', done: 120, total: 340, exposureIds: [] } }),
  'list-unreadable': () => {
    const state = stateWith(many);
    const problem: Problem = {
      kind: 'store-unusable',
      message: 'The store /home/ann/.local/share/iam-triage/store.sqlite is damaged.',
      hint: 'Start again: it will be set aside and rebuilt, with its journal and decisions.',
    };
    return { ...state, list: { ...state.list, outdated: true, problem } };
  },
  'summary-unknown': () => ({ ...stateWith(many), summary: undefined }),
  ...PANELS,
  'stale-store': () =>
    stateWith(many, {
      summary: { ...SUMMARY, lastSyncAt: NOW - 40 * DAY },
      sync: { kind: 'failed', problem: { kind: 'unreachable', message: 'AWS could not be reached.' } },
    }),
};
