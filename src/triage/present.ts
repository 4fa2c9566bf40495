import type { FindingRef } from '../domain/finding.ts';
import type { Finding } from '../domain/finding.ts';
import { type Problem, toProblem } from '../domain/problem.ts';
import { CHUNK_SIZE } from './batches.ts';
import type { TriageClock, TriageGateway, TriageStore } from './ports.ts';
import { groupByAnalyzer, sideBySide } from './side-by-side.ts';

/** What AWS says about a finding right now. */
export type PresentState =
  | { readonly kind: 'present'; readonly finding: Finding }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unread'; readonly problem: Problem };

export interface Present {
  of(ref: FindingRef): PresentState;
}

interface ReadDeps {
  readonly gateway: TriageGateway;
  readonly store: TriageStore;
  readonly clock: TriageClock;
  readonly signal?: AbortSignal;
}

const ANALYZERS_AT_ONCE = 4;
const NOT_ASKED: PresentState = {
  kind: 'unread',
  problem: { kind: 'cancelled', message: 'It was not asked for.' },
};

/** Reads findings again from AWS and keeps what comes in the store. What cannot be read says why; nothing is thrown. */
export async function loadPresent(refs: Iterable<FindingRef>, deps: ReadDeps): Promise<Present> {
  const states = new Map<string, PresentState>();
  await sideBySide(groupByAnalyzer(refs).values(), ANALYZERS_AT_ONCE, async (group) => {
    for (let from = 0; from < group.length; from += CHUNK_SIZE) {
      await readChunk(group.slice(from, from + CHUNK_SIZE), states, deps);
    }
  });
  return { of: (ref) => states.get(keyOf(ref)) ?? NOT_ASKED };
}

async function readChunk(
  refs: readonly FindingRef[],
  states: Map<string, PresentState>,
  deps: ReadDeps,
): Promise<void> {
  const [first] = refs;
  if (first === undefined) return;
  const { profile, region, analyzerArn } = first;
  const ids = refs.map(({ id }) => id);
  try {
    const findings = await deps.gateway
      .at({ profile, region })
      .readFindings(analyzerArn, profile, ids, deps.signal);
    const found = new Map(findings.map((finding) => [finding.id, finding]));
    for (const ref of refs) states.set(keyOf(ref), keep(ref, found.get(ref.id), deps));
  } catch (thrown) {
    const problem = toProblem(thrown);
    for (const ref of refs) states.set(keyOf(ref), { kind: 'unread', problem });
  }
}

function keep(ref: FindingRef, finding: Finding | undefined, { store, clock }: ReadDeps): PresentState {
  if (finding === undefined) {
    store.markGone(ref, clock.now());
    return { kind: 'gone' };
  }
  store.saveFinding(finding, clock.now());
  return { kind: 'present', finding };
}

const keyOf = ({ profile, analyzerArn, id }: FindingRef): string => `${profile} ${analyzerArn} ${id}`;
