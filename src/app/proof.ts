import type { StoredFinding } from '../domain/listing.ts';
import type { Problem, Result } from '../domain/problem.ts';
import type { Proof, ProveProgress } from '../triage/resolve/prove.ts';

/** How the wait for the truth about one finding ended. */
export interface ProvenFinding {
  readonly finding: StoredFinding;
  readonly proof: Result<Proof>;
}

/** The wait for the proof that a fix worked, of one exposure. */
export type ProofState = { readonly name: string } & (
  | { readonly state: 'waiting'; readonly progress: ProveProgress | undefined }
  | { readonly state: 'ended'; readonly findings: readonly ProvenFinding[] }
  | { readonly state: 'failed'; readonly problem: Problem }
);
