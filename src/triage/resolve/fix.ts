import type { IamBackup, Operation, Plan } from '../../domain/journal.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import type { PolicyDiff } from '../../domain/policy/diff.ts';
import type { Problem } from '../../domain/problem.ts';
import { iamOperation } from './iam-operation.ts';

export type FixName =
  | 'deactivate-key'
  | 'delete-key'
  | 'delete-password'
  | 'delete-role'
  | 'apply-recommendation'
  | 'remove-trust'
  | 'require-organization'
  | 'block-public-access'
  | 'edit-policy'
  | 'cut-internal-access';

/** One way to make a finding go away, with everything a person should know before choosing it. */
export interface Fix {
  readonly name: FixName;
  readonly title: string;
  /** What it changes, one sentence each, in the order of the steps. */
  readonly changes: readonly string[];
  /** What could break. */
  readonly risks: readonly string[];
  /** How it is taken back. */
  readonly undo: string;
  /** It never can be, and a gentler fix stands before it: made only when it is asked for by name. */
  readonly final?: true;
  /** Can be applied here; absent: by hand, with `commands`. */
  readonly plan?: Plan;
  /** Why it cannot be applied (now), and what to do about it. */
  readonly blocked?: Problem;
  /** The same as `aws` command lines. */
  readonly commands: readonly string[];
  /** Page of the resource in the AWS console. */
  readonly link?: string;
  /** Policies before and after. */
  readonly diffs: readonly { readonly name: string; readonly diff: PolicyDiff }[];
  /** What the access preview says of it. */
  readonly preview?: PreviewOutcome;
}

export interface PreviewOutcome {
  readonly verdict: 'resolved' | 'stays' | 'moves' | 'failed' | 'unchecked';
  readonly sentence: string;
}

/** From a finding to its fixes: the screen of `r` and the answer of `resolve ID`. */
export interface Resolution {
  readonly finding: StoredFinding;
  /** What is wrong, as one sentence. */
  readonly wrong: string;
  /** Safest first. */
  readonly fixes: readonly Fix[];
  /** How long until the finding moves once it is fixed, and how that is proven. */
  readonly proof: string;
  readonly notes: readonly string[];
}

/** Where the fix of a finding is made. */
export interface FixPlace {
  readonly account: string;
  readonly assumeRole?: string;
}

/** A change of one cell; place and proof are the same for all steps of a fix. */
export type Step = Pick<IamBackup, 'cell' | 'before' | 'after' | 'lastUse'>;

export interface FixPlanOptions {
  readonly title: string;
  readonly typedWord: string;
  readonly notes?: readonly string[];
}

/** The steps as a plan for the journal; the last one starts the wait for the proof. */
export function toFixPlan(
  finding: StoredFinding,
  place: FixPlace,
  steps: readonly Step[],
  { title, typedWord, notes = [] }: FixPlanOptions,
): Plan {
  const operations = steps.flatMap((step, index): Operation[] => {
    const proof =
      index === steps.length - 1 ? { proof: { exposureId: finding.exposureId, awaited: true } } : {};
    const operation = iamOperation(finding, { ...place, ...step, ...proof });
    return operation === undefined ? [] : [operation];
  });
  return {
    kind: 'fix',
    title,
    operations,
    exposureIds: [finding.exposureId],
    skipped: [],
    publicCount: finding.isPublic === true ? 1 : 0,
    ...(finding.isPublic === true ? { publicResources: [finding.resource] } : {}),
    typedWord,
    ...(notes.length === 0 ? {} : { notes }),
  };
}

export const commandsOf = ({ operations }: Plan): readonly string[] =>
  operations.map(({ command }) => command);
