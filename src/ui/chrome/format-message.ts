import { formatNumber } from '../../domain/format-count.ts';
import { cleanText } from '../../domain/text.ts';
import { selectWaiting } from '../../app/selectors/proof.ts';
import { selectUnknown } from '../../app/selectors/summary.ts';
import type { AppState, RunningChange, Toast } from '../../app/state.ts';
import type { Token } from '../../theme/tokens.ts';
import { filterProblemText } from '../findings/format-filter-line.ts';
import { cutLine, EMPTY_LINE, span, type Line } from '../line.ts';

const TOKENS: Readonly<Record<Toast['kind'], Token>> = {
  info: 'text',
  success: 'success',
  refusal: 'warning',
  warning: 'warning',
  error: 'error',
};
const SIGNS: Readonly<Record<Toast['kind'], string>> = {
  info: '·',
  success: '✓',
  refusal: '!',
  warning: '!',
  error: '×',
};

const BAR_CELLS = 20;

/** `█████░░░░░`, for a share between 0 and 1. */
export function formatBar(share: number, cells: number = BAR_CELLS): string {
  const full = Math.round(Math.max(0, Math.min(1, share)) * cells);
  return '█'.repeat(full) + '░'.repeat(cells - full);
}

const formatToast = ({ kind, text, hint }: Toast): Line => [
  span(` ${SIGNS[kind]} `, TOKENS[kind]),
  span(cleanText(text), TOKENS[kind]),
  span(hint === undefined ? '' : `  ${cleanText(hint)}`, 'muted'),
];

const formatRunning = ({ title, done, total }: RunningChange): Line => [
  span(` ${cleanText(title)} `, 'accent'),
  span(formatBar(total === 0 ? 0 : done / total), 'accent'),
  span(` ${formatNumber(done)} of ${formatNumber(total)}`, 'muted'),
];

/** Goes by itself, as the refusal of a key does: it may stand for a while where the progress of a change is. */
const isPassing = (toast: Toast | undefined): toast is Toast => toast !== undefined && toast.kind !== 'error';

/** What is to be said of the list where it is shown: what a refresh did, or what its filter cannot tell; an empty one says that itself. */
function ofList(state: AppState): string {
  if (state.screen !== 'findings' || state.panel !== undefined || state.detail.open) return '';
  return state.list.notice ?? (state.list.counts?.exposures === 0 ? '' : selectUnknown(state));
}

/** The line over the footer: what is being changed, what has just happened, or what a refresh did to the list. */
export function formatMessage(state: AppState, width: number): Line {
  const { running, toast } = state;
  if (running !== undefined)
    return cutLine(isPassing(toast) ? formatToast(toast) : formatRunning(running), width);
  // Over narrow lists the sentence beside the caret is cut: here it stands whole.
  const wrong = state.filterBar === undefined ? '' : filterProblemText(state.filterBar);
  if (wrong !== '') return cutLine([span(` ! ${wrong}`, 'warning')], width);
  if (toast !== undefined) return cutLine(formatToast(toast), width);
  const quiet = (ofList(state) || selectWaiting(state)) ?? '';
  return quiet === '' ? EMPTY_LINE : cutLine([span(` · ${cleanText(quiet)}`, 'muted')], width);
}
