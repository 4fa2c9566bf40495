import type { ExposureId } from '../../domain/exposure.ts';
import { LOADING, type Panel, type PolicyPanel, type ResolvePanel } from '../panel.ts';
import type { AnswerMessage } from '../message.ts';
import { panelRows } from '../layout.ts';
import { selectPanelHeight } from '../selectors/panel.ts';
import { partsOf } from '../selectors/panel-parts.ts';
import { resourceName } from '../selectors/row-name.ts';
import { selectRowUnder } from '../selectors/row-under.ts';
import type { AppState } from '../state.ts';
import { type Move, scrolled } from './scroll.ts';
import type { Step } from './step.ts';
import { stay, step } from './step.ts';

/** Opening, filling, turning and leaving the panels over the list. */

interface Subject {
  readonly exposureId: ExposureId;
  readonly name: string;
}

/** An open panel stays with what it is about, whatever the list does below. */
function subjectOf(state: AppState): Subject | undefined {
  if (state.panel !== undefined) return state.panel;
  const row = selectRowUnder(state);
  return row === undefined ? undefined : { exposureId: row.exposureId, name: resourceName(row) };
}

const place = ({ exposureId, name }: Subject, serial: number) =>
  ({ exposureId, name, serial, chosen: 0, scroll: 0, asked: LOADING }) as const;

export function previewPolicy(state: AppState): Step {
  const subject = subjectOf(state);
  if (subject === undefined) return stay(state);
  const serial = state.serial + 1;
  const panel: PolicyPanel = { ...place(subject, serial), kind: 'policy', checking: false };
  const { exposureId } = subject;
  return step({ ...state, serial, panel }, { kind: 'load-recommendation', serial, exposureId });
}

/** The way to the fix; from a preview of the same finding, esc leads back to it. Again: reads everything anew. */
export function resolve(state: AppState): Step {
  const subject = subjectOf(state);
  if (subject === undefined) return stay(state);
  const serial = state.serial + 1;
  const before = state.panel;
  const under = before?.kind === 'resolve' ? before.under : before;
  const organizationId = before?.kind === 'resolve' ? before.organizationId : undefined;
  const facts = { made: undefined, under, organizationId };
  const panel: ResolvePanel = { ...place(subject, serial), kind: 'resolve', ...facts };
  const { exposureId } = subject;
  return step({ ...state, serial, panel }, { kind: 'load-resolution', serial, exposureId, organizationId });
}

export function closePanel(state: AppState): Step {
  const { panel } = state;
  const under = panel?.kind === 'resolve' ? panel.under : undefined;
  // What the preview waited for was stopped when the panel over it opened.
  if (under !== undefined && under.asked.state !== 'ready') return previewPolicy({ ...state, panel: under });
  return step({ ...state, panel: under }, { kind: 'stop-panel' });
}

type Answer<K extends AnswerMessage['kind']> = Extract<AnswerMessage, { kind: K }>;

export function panelProgress(state: AppState, { serial, progress }: Answer<'panel-progress'>): Step {
  const { panel } = state;
  if (panel?.serial !== serial || panel.asked.state !== 'loading') return stay(state);
  return stay({ ...state, panel: { ...panel, asked: { state: 'loading', progress } } });
}

export function recommendationLoaded(
  state: AppState,
  { serial, result }: Answer<'recommendation-loaded'>,
): Step {
  const { panel } = state;
  if (panel?.kind !== 'policy' || panel.serial !== serial) return stay(state);
  const asked = result.ok
    ? ({ state: 'ready', value: result.value } as const)
    : ({ state: 'failed', problem: result.problem } as const);
  return stay({ ...state, panel: { ...panel, asked } });
}

export function resolutionLoaded(state: AppState, { serial, result }: Answer<'resolution-loaded'>): Step {
  const { panel } = state;
  if (panel?.kind !== 'resolve' || panel.serial !== serial) return stay(state);
  const asked = result.ok
    ? ({ state: 'ready', value: result.value } as const)
    : ({ state: 'failed', problem: result.problem } as const);
  // The detail that was read on the way can tell what the row was not known by before: which of a user's keys it is.
  const exposureId = result.ok ? result.value.finding.exposureId : panel.exposureId;
  return stay({ ...state, panel: { ...panel, exposureId, asked } });
}

/** tab and shift+tab: the next policy, the next fix. */
export function nextPart(state: AppState, panel: Panel, by: number): Step {
  const count = partsOf(panel);
  if (count < 2) return stay(state);
  const chosen = (panel.chosen + by + count) % count;
  return stay({ ...state, panel: { ...panel, chosen, scroll: 0 } });
}

export function scrollPanel(state: AppState, panel: Panel, move: Move): Step {
  const scroll = scrolled(panel.scroll, move, selectPanelHeight(state), panelRows(state.viewport));
  return scroll === panel.scroll ? stay(state) : stay({ ...state, panel: { ...panel, scroll } });
}

/** The open panel of the Findings screen, which then has the keys that move, turn and leave. */
export const shownPanel = ({ screen, panel }: AppState): Panel | undefined =>
  screen === 'findings' ? panel : undefined;
