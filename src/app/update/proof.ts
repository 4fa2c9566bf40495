import type { ExposureId } from '../../domain/exposure.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import type { Effect } from '../effect.ts';
import { cellWidth, truncateMiddle } from '../../domain/text.ts';
import type { AnswerMessage } from '../message.ts';
import type { ProofState } from '../proof.ts';
import { iamSteps } from '../selectors/steps.ts';
import { resourceName } from '../selectors/row-name.ts';
import { summarizeProof } from '../selectors/proof.ts';
import type { AppState } from '../state.ts';
import { resolve, shownPanel } from './panel.ts';
import type { Step } from './step.ts';
import { chain, say, sayProblem, stay, step } from './step.ts';
import { rereadStore } from './sync.ts';

/** After a fix or a scan: the wait until AWS says whether it worked. */

/** More than these are left to the next sync: each wait asks AWS again and again. */
const MOST_WAITED_FOR = 10;

const withProof = (state: AppState, id: ExposureId, proof: ProofState | undefined): AppState => {
  const proofs = new Map(state.proofs);
  if (proof === undefined) proofs.delete(id);
  else proofs.set(id, proof);
  return { ...state, proofs };
};

function nameOf({ panel, list, proofs }: AppState, id: ExposureId): string {
  if (panel?.exposureId === id) return panel.name;
  const row = list.rows.find((each) => each.exposureId === id);
  return row === undefined ? (proofs.get(id)?.name ?? 'the resource') : resourceName(row);
}

function startProofs(state: AppState, ids: readonly ExposureId[]): Step {
  if (ids.length > MOST_WAITED_FOR) return stay(state);
  const waited = ids.reduce(
    (next, id) => withProof(next, id, { name: nameOf(next, id), state: 'waiting', progress: undefined }),
    state,
  );
  return step(waited, ...ids.map((exposureId): Effect => ({ kind: 'prove', exposureId })));
}

function stopProofs(state: AppState, ids: readonly ExposureId[]): Step {
  const waited = ids.filter((id) => state.proofs.has(id));
  const without = waited.reduce((next, id) => withProof(next, id, undefined), state);
  return step(without, ...waited.map((exposureId): Effect => ({ kind: 'stop-proof', exposureId })));
}

/** Exposures that the steps of an entry were to fix, or take the fix back of. */
const fixedExposures = ({ operations }: JournalEntry): readonly ExposureId[] =>
  operations.flatMap(({ change }) =>
    change.kind === 'iam' && change.backup.proof !== undefined ? [change.backup.proof.exposureId] : [],
  );

/** What the open way to the fix had read holds no more. */
const readAnew = (state: AppState): Step =>
  shownPanel(state)?.kind === 'resolve' ? resolve(state) : stay(state);

function fixMade(state: AppState, ids: readonly ExposureId[], title: string): Step {
  const { panel } = state;
  const concerned = panel?.kind === 'resolve' && ids.includes(panel.exposureId);
  return startProofs(
    concerned ? { ...state, panel: { ...panel, made: title, under: undefined, scroll: 0 } } : state,
    ids,
  );
}

/** What follows from a change that has ended, for those exposures. */
export function followChange(state: AppState, entry: JournalEntry, ids: readonly ExposureId[]): Step {
  if (entry.kind === 'scan') return entry.state === 'failed' ? stay(state) : startProofs(state, ids);
  if (iamSteps(entry.operations).length === 0) return stay(state);
  const fixed = fixedExposures(entry);
  if (entry.kind === 'fix' && entry.state === 'done') return fixMade(state, fixed, entry.title);
  return chain(entry.kind === 'undo' ? stopProofs(state, fixed) : stay(state), readAnew);
}

type Answer<K extends AnswerMessage['kind']> = Extract<AnswerMessage, { kind: K }>;

export function proofProgress(state: AppState, { exposureId, progress }: Answer<'proof-progress'>): Step {
  const known = state.proofs.get(exposureId);
  if (known === undefined) return stay(state);
  return stay(withProof(state, exposureId, { name: known.name, state: 'waiting', progress }));
}

/** Cells around name and verdict in the message line: the sign before them, the colon between them. */
const AROUND = 5;
const LEAST_NAME = 20;

/** The answer is kept beside the row and said; the store holds what was read on the way. */
export function proofEnded(state: AppState, { exposureId, result }: Answer<'proof-ended'>): Step {
  const known = state.proofs.get(exposureId);
  if (known === undefined) return stay(state);
  const { name } = known;
  if (!result.ok) {
    const { problem } = result;
    return sayProblem(withProof(state, exposureId, { name, state: 'failed', problem }), problem);
  }
  const findings = result.value;
  const ended = withProof(state, exposureId, { name, state: 'ended', findings });
  const { text, kind } = summarizeProof(findings);
  const about = truncateMiddle(name, Math.max(LEAST_NAME, state.viewport.columns - cellWidth(text) - AROUND));
  return chain(rereadStore(ended), (after) => say(after, { kind, text: `${about}: ${text}` }));
}
