import { isUnseen } from '../../domain/analyzer.ts';
import type { AnswerMessage } from '../message.ts';
import type { AppState } from '../state.ts';
import { formatCount } from '../format-count.ts';
import { refreshDetail } from './detail.ts';
import { storeChanged } from './list.ts';
import type { Step } from './step.ts';
import { chain, say, stay, step } from './step.ts';

/** The sync runs behind the list: it writes the store, then says so, and the list asks again. */

export function startSync(state: AppState, full: boolean): Step {
  if (state.sync.kind === 'running') return stay(state);
  const sync = { kind: 'running', fraction: 0, text: 'asking AWS', findings: 0, regions: [] } as const;
  return step({ ...state, sync }, { kind: 'sync', full });
}

export function syncProgress(
  state: AppState,
  { progress }: Extract<AnswerMessage, { kind: 'sync-progress' }>,
): Step {
  const { fraction, findings, regions } = progress;
  const busy = regions.filter((region) => region.state === 'running').map((region) => region.region);
  const text =
    busy.length === 0 ? '' : busy.slice(0, 3).join(', ') + (busy.length > 3 ? ` +${busy.length - 3}` : '');
  const next: AppState = { ...state, sync: { kind: 'running', fraction, text, findings, regions } };
  return progress.storeChanged
    ? chain(storeChanged(next), (after) => step(after, { kind: 'load-summary' }))
    : stay(next);
}

/** After whatever wrote the store: list, detail, header and journal read it again. */
export function rereadStore(state: AppState): Step {
  const list = chain(storeChanged(state), refreshDetail);
  return chain(list, (after) => step(after, { kind: 'load-summary' }, { kind: 'load-journal' }));
}

export function syncFinished(
  state: AppState,
  { result }: Extract<AnswerMessage, { kind: 'sync-finished' }>,
): Step {
  if (!result.ok) {
    const cancelled = result.problem.kind === 'cancelled';
    const ended = rereadStore({
      ...state,
      sync: cancelled ? { kind: 'idle' } : { kind: 'failed', problem: result.problem },
    });
    return chain(ended, (after) =>
      cancelled
        ? say(after, { kind: 'info', text: 'Sync stopped. What had come in is kept.' })
        : say(after, {
            kind: 'error',
            text: result.problem.message,
            ...(result.problem.hint === undefined ? {} : { hint: result.problem.hint }),
          }),
    );
  }
  const unseen = result.value.regions.filter((region) => isUnseen(region.status));
  const ended = rereadStore({ ...state, sync: { kind: 'idle' } });
  if (unseen.length === 0) return ended;
  const names = unseen.slice(0, 3).map((region) => region.region);
  const more = unseen.length > 3 ? ` and ${unseen.length - 3} more` : '';
  return chain(ended, (after) =>
    say(after, {
      kind: 'warning',
      text: `${formatCount(unseen.length, 'Region')} not seen: ${names.join(', ')}${more}.`,
      hint: '3 shows why',
    }),
  );
}
