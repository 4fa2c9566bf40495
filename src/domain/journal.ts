import type { Analyzer, AnalyzerType } from './analyzer.ts';
import type { Criteria } from './archive-rule.ts';
import type { FindingRef, FindingStatus } from './finding.ts';
import type { IamCell, IamState } from './iam/cell.ts';

/**
 * The journal: whatever changes AWS stands here before it is sent, with the state before it and the `aws` command that
 * does the same. An entry is one thing a person did; its operations are the requests it took.
 */
export type EntryState =
  /** Written, nothing sent. */
  | 'planned'
  /** Requests may be on the wire; after a crash an entry is found in this state. */
  | 'running'
  | 'done'
  /** Some operations failed or changed less than planned. */
  | 'partial'
  | 'failed'
  /** Taken back by another entry. */
  | 'undone';

export type OperationState =
  | 'planned'
  /** In a closed entry: its answer was lost and the truth could not be read, so it may have come through. */
  | 'sent'
  | 'done'
  | 'failed'
  /** Never sent. */
  | 'skipped';

/** What an operation does; `kind` names the API call family. Rooms that plan others add their kinds here. */
export interface UpdateFindingsChange {
  readonly kind: 'update-findings';
  readonly status: Extract<FindingStatus, 'ACTIVE' | 'ARCHIVED'>;
  readonly ids: readonly string[];
  /** Same order as ids: the status each had when this was planned. */
  readonly before: readonly FindingStatus[];
}

/** What of an archive rule can be set, and so put back. */
export interface ArchiveRuleState {
  readonly filter: Criteria;
}

/** A change to an archive rule; `before`/`after` are its states (null: does not exist). Applying changes neither. */
export interface ArchiveRuleChange {
  readonly kind: 'create-archive-rule' | 'update-archive-rule' | 'delete-archive-rule' | 'apply-archive-rule';
  readonly ruleName: string;
  readonly before: ArchiveRuleState | null;
  readonly after: ArchiveRuleState | null;
  /** Applying: ids of the findings that the dry run says it archives, to hold against what is read back. */
  readonly foreseen?: readonly string[];
  /** Tells which list the outcome of applying is read back from. */
  readonly analyzerType: AnalyzerType;
}

/** A change in IAM (or another service): the call, its input, and what puts the state before it back. */
export interface IamChange {
  readonly kind: 'iam';
  /** IAM operation name, e.g. DeleteRolePolicy. */
  readonly call: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Full state of what the call touches, enough to restore it exactly. */
  readonly backup: IamBackup;
}

/** Where an IAM change happens, what there was and what there is to be; the call follows from these. */
export interface IamBackup {
  /** Account that the change belongs to; it is sent nowhere else. */
  readonly account: string;
  /** Role to assume there where the profile's own account is another. */
  readonly assumeRole?: string;
  readonly cell: IamCell;
  readonly before: IamState;
  readonly after: IamState;
  /** Last use (epoch ms, null: none) that the plan knows of: a later one stops the change. */
  readonly lastUse?: { readonly of: IamCell; readonly at: number | null };
  /** The last step of a fix starts the wait for its proof; taking it back ends the wait. */
  readonly proof?: { readonly exposureId: string; readonly awaited: boolean };
}

/** Asks Access Analyzer to look again; changes nothing that could be undone. */
export interface ScanChange {
  readonly kind: 'start-resource-scan';
  readonly resourceArn: string;
  readonly resourceOwnerAccount: string;
}

/** Takes an analyzer away, with its findings and its archive rules. AWS keeps nothing of it: there is no undo. */
export interface DeleteAnalyzerChange {
  readonly kind: 'delete-analyzer';
  /** What there was, read from AWS when this was planned. */
  readonly before: AnalyzerState;
  /** Findings of it that the store knew. */
  readonly findings: number;
  /** The file that its archive rules were written to. */
  readonly exportedTo?: string;
}

/** What it takes to make an analyzer like it again. */
export interface AnalyzerState extends Pick<Analyzer, 'name' | 'type' | 'createdAt' | 'tags'> {
  /** As GetAnalyzer gives it; an external analyzer has none. */
  readonly configuration?: unknown;
  readonly archiveRules: readonly (ArchiveRuleState & { readonly ruleName: string })[];
}

export type Change = UpdateFindingsChange | ArchiveRuleChange | IamChange | ScanChange | DeleteAnalyzerChange;

export interface Operation {
  readonly profile: string;
  readonly region: string;
  readonly analyzerArn: string;
  readonly change: Change;
  /** The equivalent `aws …` command line, shell-quoted. */
  readonly command: string;
}

/** How one finding of an operation ended: what was read back, against what was asked for. */
export interface FindingOutcome {
  readonly ref: FindingRef;
  readonly before: FindingStatus;
  readonly wanted: FindingStatus;
  /** Status read back; absent when it could not be read. */
  readonly after?: FindingStatus;
  readonly outcome: 'changed' | 'already' | 'refused' | 'gone' | 'failed' | 'unknown';
  /** Why, where it is not `changed`. */
  readonly error?: string;
}

export interface JournalOperation extends Operation {
  readonly index: number;
  readonly state: OperationState;
  /** Reused when the request is sent again after a lost answer. */
  readonly clientToken: string;
  readonly sentAt?: number;
  readonly finishedAt?: number;
  readonly error?: string;
  readonly outcomes?: readonly FindingOutcome[];
}

export type EntryKind = 'archive' | 'unarchive' | 'rule' | 'fix' | 'scan' | 'analyzer' | 'undo' | 'redo';

export interface JournalEntry {
  /** 1, 2, 3 …, in the order of writing. */
  readonly id: number;
  readonly at: number;
  readonly kind: EntryKind;
  /** What was done, as a person would say it: "Archive 3 findings". */
  readonly title: string;
  readonly state: EntryState;
  readonly reason?: string;
  /** The entry that this one takes back (undo) or does again (redo). */
  readonly of?: number;
  /** The entry that took this one back. */
  readonly undoneBy?: number;
  /** Who ran it: process id and host name, to tell a crash from a neighbour that is still at work. */
  readonly by: string;
  readonly finishedAt?: number;
  readonly operations: readonly JournalOperation[];
}

/** A plan: exactly what would change; nothing was sent. */
export interface Plan {
  readonly kind: EntryKind;
  readonly title: string;
  readonly reason?: string;
  readonly of?: number;
  readonly operations: readonly Operation[];
  /** What the plan acts on, for the console's marks. Decisions are written to the exposures of what is as wanted afterwards. */
  readonly exposureIds: readonly string[];
  /** Findings the person asked for that the plan leaves out, with why ("RESOLVED cannot be archived"). */
  readonly skipped: readonly { readonly ref: FindingRef; readonly why: string }[];
  /** What else the plan leaves out, or a person should know before confirming; one sentence each. */
  readonly notes?: readonly string[];
  /** For the dialog: how many findings of the plan are public. */
  readonly publicCount: number;
  /** Their resources' ARNs, each once: a dialog names them. */
  readonly publicResources?: readonly string[];
  /** The word a person must type, where the rules of behaviour ask for one. */
  readonly typedWord?: string;
}
