import { isUnseen } from '../../domain/analyzer.ts';
import type { Problem } from '../../domain/problem.ts';
import type { AnswerMessage } from '../message.ts';
import { causeOfNothing } from '../selectors/summary.ts';
import type { AppState } from '../state.ts';
import { judgedText } from '../../triage/resolve/settle-fixed.ts';
import type { RefreshReport } from '../services.ts';
import { formatCount } from '../../domain/format-count.ts';
import { refreshDetail } from './detail.ts';
import { storeChanged } from './list.ts';
import type { Step } from './step.ts';
import { chain, say, sayProblem, stay, step } from './step.ts';

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
  const rules = state.screen === 'rules' ? [{ kind: 'load-rules' } as const] : [];
  return chain(list, (after) => step(after, { kind: 'load-summary' }, { kind: 'load-journal' }, ...rules));
}

type Finished = Extract<AnswerMessage, { kind: 'sync-finished' }>;

export function syncFinished(state: AppState, { result }: Finished): Step {
  if (!result.ok) return syncFailed(state, result.problem);
  const [problem = causeOfNothing(result.value.regions)] = result.value.problems;
  if (problem !== undefined) return syncFailed(state, problem);
  const ended = rereadStore({ ...state, sync: { kind: 'idle' } });
  return chain(ended, (after) => saySummary(after, result.value));
}

/** The news first: a fix that is proven, or is not. Regions not seen stand in the header, too. */
function saySummary(state: AppState, { fixes, regions, notes }: RefreshReport): Step {
  const judged = judgedText(fixes);
  if (judged !== undefined && fixes.some(({ verdict }) => verdict !== 'waiting')) {
    const isGood = fixes.every(({ verdict }) => verdict === 'proven' || verdict === 'waiting');
    return say(state, { kind: isGood ? 'success' : 'warning', text: judged });
  }
  const unseen = regions.filter(({ status }) => isUnseen(status)).map(({ region }) => region);
  if (unseen.length > 0) return sayUnseen(state, unseen);
  const [note] = notes;
  return note === undefined ? stay(state) : say(state, { kind: 'info', text: note });
}

/** A sync that was stopped, that a whole profile (no login) or the store ended, or that saw no Region. What came in is kept either way. */
function syncFailed(state: AppState, problem: Problem): Step {
  if (problem.kind === 'cancelled') {
    const ended = rereadStore({ ...state, sync: { kind: 'idle' } });
    return chain(ended, (after) =>
      say(after, { kind: 'info', text: 'Sync stopped. What had come in is kept.' }),
    );
  }
  return chain(rereadStore({ ...state, sync: { kind: 'failed', problem } }), (after) =>
    sayProblem(after, problem),
  );
}

const SHOWN_NAMES = 3;

function sayUnseen(state: AppState, regions: readonly string[]): Step {
  const more = regions.length > SHOWN_NAMES ? ` and ${regions.length - SHOWN_NAMES} more` : '';
  const names = regions.slice(0, SHOWN_NAMES).join(', ') + more;
  const text = `${formatCount(regions.length, 'Region')} not seen: ${names}.`;
  return say(state, { kind: 'warning', text, hint: '3 shows why' });
}
