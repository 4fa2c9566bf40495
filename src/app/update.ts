import type { Effect } from './effect.ts';
import type { AnswerMessage, CommandMessage, InputMessage, Message } from './message.ts';
import type { AppState } from './state.ts';
import {
  copied,
  copiesLoaded,
  effectFailed,
  exported,
  linksLoaded,
  saved,
  toastExpired,
} from './update/answers.ts';
import { changeFinished, changeProgress, journalLoaded, recovered } from './update/change.ts';
import { detailArrived, detailLoaded, detailsWanted } from './update/detail.ts';
import { stampDialog } from './update/dialog.ts';
import { openFilter, valuesLoaded } from './update/filter-bar.ts';
import { key, paste } from './update/keys.ts';
import { listLoaded, setQuery, unknownCounted, windowLoaded } from './update/list.ts';
import { allIdsLoaded, markAll, marksLoaded, rangeLoaded, toggleMark, toggleRange } from './update/marks.ts';
import { exposuresMoved } from './update/moved.ts';
import { opened } from './update/opened.ts';
import { openHelp, openMenu, openPalette } from './update/open-dialogs.ts';
import { askPlan, planChange, planned } from './update/plan.ts';
import {
  checkPolicy,
  keepPermissions,
  makeFix,
  policySaved,
  recommendationChecked,
} from './update/make-fix.ts';
import { askOrganization } from './update/organization.ts';
import {
  panelProgress,
  previewPolicy,
  recommendationLoaded,
  resolutionLoaded,
  resolve,
} from './update/panel.ts';
import { proofEnded, proofProgress } from './update/proof.ts';
import { setFilter } from './update/query.ts';
import {
  deleteAnalyzer,
  deleteOffered,
  openImport,
  pathsLoaded,
  rulesExported,
} from './update/rules-file.ts';
import { react } from './update/react.ts';
import { criteriaValuesLoaded } from './update/rule-completion.ts';
import { foundLoaded, ruleTried } from './update/rule-trial.ts';
import {
  dismissSuggestion,
  editRule,
  hiddenLoaded,
  newRule,
  openSuggestion,
  ruleDrafted,
  rulesListed,
  rulesLoaded,
} from './update/rules.ts';
import { back, move, moveOther, nextScreen, open, resize, showScreen, tick } from './update/screen.ts';
import type { Step } from './update/step.ts';
import { say, stay, step } from './update/step.ts';
import { rereadStore, startSync, syncFinished, syncProgress } from './update/sync.ts';
import { openThemes } from './update/themes.ts';
import { openSaveView } from './update/views.ts';
import { isAwaited } from './update/waiting.ts';

type Turn = readonly [AppState, readonly Effect[]];

type Handlers<M extends Message> = {
  readonly [K in M['kind']]: (state: AppState, message: Extract<M, { kind: K }>) => Step;
};

const INPUT: Handlers<InputMessage> = {
  opened,
  key,
  paste: (state, { text }) => paste(state, text),
  resize: (state, { columns, rows }) => resize(state, columns, rows),
  tick: (state, { now }) => tick(state, now),
  say: (state, { toast }) => say(state, toast),
};

const COMMANDS: Handlers<CommandMessage> = {
  move,
  'move-other': (state, { by }) => moveOther(state, by),
  open,
  back,
  'show-screen': (state, { screen }) => showScreen(state, screen),
  'next-screen': (state, { by }) => nextScreen(state, by),
  'open-filter': openFilter,
  'set-filter': (state, { text, viewName }) => setFilter(state, text, state.list.sort, viewName),
  'set-sort': (state, { sort }) =>
    setQuery(state, { text: state.list.filterText, filter: state.list.filter, sort }),
  'toggle-mark': toggleMark,
  'toggle-range': toggleRange,
  'mark-all': markAll,
  'plan-change': (state, { what }) => planChange(state, what),
  'preview-policy': previewPolicy,
  'check-policy': checkPolicy,
  'keep-permissions': keepPermissions,
  resolve,
  'make-fix': makeFix,
  'ask-organization': askOrganization,
  'new-rule': newRule,
  'edit-rule': editRule,
  'open-suggestion': openSuggestion,
  'dismiss-suggestion': dismissSuggestion,
  'import-rules': openImport,
  'delete-analyzer': deleteAnalyzer,
  'plan-rule': (state, { request }) => askPlan(state, request),
  'open-menu': openMenu,
  'open-palette': openPalette,
  'open-help': openHelp,
  'open-themes': openThemes,
  'open-save-view': openSaveView,
  sync: (state, { full }) => startSync(state, full),
  'stop-sync': (state) => step(state, { kind: 'cancel-sync' }),
  quit: (state, { exitCode }) => stay({ ...state, quit: { exitCode } }),
};

const ANSWERS: Handlers<AnswerMessage> = {
  'list-loaded': listLoaded,
  'window-loaded': windowLoaded,
  'unknown-counted': unknownCounted,
  'detail-loaded': detailLoaded,
  'details-wanted': detailsWanted,
  'detail-arrived': detailArrived,
  'values-loaded': valuesLoaded,
  'marks-loaded': marksLoaded,
  'exposures-moved': exposuresMoved,
  'all-ids-loaded': allIdsLoaded,
  'range-loaded': rangeLoaded,
  'summary-loaded': (state, { summary }) => stay({ ...state, summary }),
  'journal-loaded': journalLoaded,
  'copies-loaded': copiesLoaded,
  'links-loaded': linksLoaded,
  'panel-progress': panelProgress,
  'recommendation-loaded': recommendationLoaded,
  'recommendation-checked': recommendationChecked,
  'resolution-loaded': resolutionLoaded,
  'proof-progress': proofProgress,
  'proof-ended': proofEnded,
  'policy-saved': policySaved,
  'rules-listed': rulesListed,
  'rules-loaded': rulesLoaded,
  'hidden-loaded': hiddenLoaded,
  'rules-exported': rulesExported,
  'paths-loaded': pathsLoaded,
  'delete-offered': deleteOffered,
  'rule-drafted': ruleDrafted,
  'rule-tried': ruleTried,
  'found-loaded': foundLoaded,
  'criteria-values-loaded': criteriaValuesLoaded,
  planned,
  'change-progress': changeProgress,
  'change-finished': changeFinished,
  recovered,
  'sync-progress': syncProgress,
  'sync-finished': syncFinished,
  'store-changed': rereadStore,
  copied,
  exported,
  saved,
  'toast-expired': toastExpired,
  'effect-failed': effectFailed,
};

const HANDLERS: Handlers<Message> = { ...INPUT, ...COMMANDS, ...ANSWERS };

/** The handler of a kind takes messages of that kind: `Handlers` says so, indexing by a union cannot. */
const handle = (state: AppState, message: Message): Step =>
  (HANDLERS[message.kind] as (state: AppState, message: Message) => Step)(state, message);

/**
 * One turn of the console. Pure; answers the very same state object when nothing changed, so that nothing is drawn.
 */
export function update(state: AppState, message: Message): Turn {
  const turned = takeTurn(state, message);
  const [{ waiting }] = turned;
  if (waiting.length === 0 || isAwaited(turned[0])) return turned;
  // What they wait for is there: the keys that waited for them are pressed now, in order.
  return waiting.reduce<Turn>(
    ([before, effects], pressed) => {
      const [after, asked] = takeTurn(before, { kind: 'key', ...pressed });
      return [after, [...effects, ...asked]];
    },
    [{ ...turned[0], waiting: [] }, turned[1]],
  );
}

function takeTurn(state: AppState, message: Message): Turn {
  const effects: Effect[] = [];
  let next = state;
  for (let turn: Message | undefined = message; turn !== undefined;) {
    const [handled, asked, then] = handle(next, turn);
    next = handled;
    effects.push(...asked);
    turn = then;
  }
  const [reacted, wanted] = react(state, next);
  const stamped = message.kind === 'key' ? stampDialog(state, reacted, message.chunk) : reacted;
  return [stamped, effects.length === 0 && wanted.length === 0 ? NONE : [...effects, ...wanted]];
}

const NONE: readonly Effect[] = [];
