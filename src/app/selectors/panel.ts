import type { Problem } from '../../domain/problem.ts';
import type { WaitProgress } from '../../triage/resolve/ports.ts';
import { cleanText } from '../../domain/text.ts';
import { agoText } from '../../domain/words.ts';
import { formatCount } from '../../domain/format-count.ts';
import { detailColumns } from '../layout.ts';
import type { Panel } from '../panel.ts';
import type { AppState } from '../state.ts';
import { selectProblem } from './console-hint.ts';
import { keyOf } from './key-of.ts';
import { fixLines } from './fix.ts';
import { type PanelLine, policyLines } from './policy.ts';
import { clockText } from './proof.ts';
import type { TextLine } from './text-line.ts';
import { wrapLines } from './wrap-lines.ts';

/** A panel as it is read: its title, the names of its parts, and the lines of the chosen one. */

export interface PanelTab {
  readonly label: string;
  readonly chosen: boolean;
  /** It cannot be done from here, or is out of date. */
  readonly warns: boolean;
}

export interface PanelHead {
  readonly title: string;
  /** To the right of the title. */
  readonly note: string;
  readonly tabs: readonly PanelTab[];
}

function tabsOf(panel: Panel): readonly PanelTab[] {
  if (panel.asked.state !== 'ready') return [];
  if (panel.kind === 'policy')
    return panel.asked.value.recommendation.changes.map(({ name, stale }, at) => ({
      label: cleanText(name),
      chosen: at === panel.chosen,
      warns: stale,
    }));
  return panel.asked.value.fixes.map(({ name, plan }, at) => ({
    label: name.replaceAll('-', ' '),
    chosen: at === panel.chosen,
    warns: plan === undefined,
  }));
}

function noteOf(state: AppState, panel: Panel): string {
  if (panel.asked.state !== 'ready') return '';
  if (panel.kind === 'resolve')
    return panel.asked.value.fixes.length > 1
      ? `${formatCount(panel.asked.value.fixes.length, 'fix', 'fixes')}, safest first`
      : '';
  const { generatedAt, stale } = panel.asked.value.recommendation;
  return `recommended ${agoText(state.now - generatedAt)}${stale ? ' · stale' : ''}`;
}

export function selectPanelHead(state: AppState, panel: Panel): PanelHead {
  const what = panel.kind === 'policy' ? 'Recommended policy' : 'Resolve';
  return { title: `${what} · ${panel.name}`, note: noteOf(state, panel), tabs: tabsOf(panel) };
}

function loadingLines(panel: Panel, progress: WaitProgress | undefined): readonly TextLine[] {
  const what =
    panel.kind === 'policy'
      ? 'Asking Access Analyzer for the recommended policy'
      : 'Looking at what IAM has now, and at how this can be fixed';
  if (progress === undefined) return [{ text: `${what} …`, tone: 'muted' }];
  const { elapsedMs, usualMs } = progress;
  return [
    { text: `${what} …`, tone: 'muted' },
    { text: `The recommendation is being made: ${clockText(elapsedMs)}, usually ${clockText(usualMs)}.` },
  ];
}

function problemLines(state: AppState, { kind }: Panel, problem: Problem): readonly TextLine[] {
  const { message, hint } = selectProblem(state, problem);
  return [
    { text: cleanText(message), tone: 'error' },
    ...(hint === undefined ? [] : [{ text: cleanText(hint), tone: 'muted' as const }]),
    { text: '' },
    { text: `${keyOf(state, kind)} asks again.`, tone: 'muted' },
  ];
}

/** The scrolling part on lines of a width. */
export function selectPanelLines(state: AppState, panel: Panel, columns: number): readonly PanelLine[] {
  const { asked } = panel;
  if (asked.state === 'loading') return wrapLines(loadingLines(panel, asked.progress), columns);
  if (asked.state === 'failed') return wrapLines(problemLines(state, panel, asked.problem), columns);
  return panel.kind === 'policy' && panel.asked.state === 'ready'
    ? policyLines(state, panel, panel.asked.value, columns)
    : panel.kind === 'resolve' && panel.asked.state === 'ready'
      ? fixLines(state, panel, panel.asked.value, columns)
      : [];
}

/** Share of the usual wait that is over; undefined: nothing is waited for. */
export function selectPanelProgress({ asked }: Panel): number | undefined {
  if (asked.state !== 'loading' || asked.progress === undefined) return undefined;
  return Math.min(0.98, asked.progress.elapsedMs / asked.progress.usualMs);
}

/** How far the panel can be scrolled. */
export const selectPanelHeight = (state: AppState): number =>
  state.panel === undefined
    ? 0
    : selectPanelLines(state, state.panel, detailColumns(state.viewport, true)).length;
