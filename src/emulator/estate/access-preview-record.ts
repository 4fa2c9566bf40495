import type { FindingStatus } from '../../domain/finding.ts';
import type { WorldFinding } from '../world/finding.ts';

/** An access preview: what a changed resource policy would do to the findings of one analyzer. */
export interface AccessPreviewRecord {
  readonly id: string;
  readonly analyzerArn: string;
  readonly createdAt: number;
  /** As it was sent: resource ARN → configuration of its type. */
  readonly configurations: Readonly<Record<string, unknown>>;
  /** How often it was asked for: it is CREATING the first time. */
  reads: number;
  readonly outcome: PreviewOutcome;
}

/** What it found, or the code of AccessPreviewStatusReason. */
export type PreviewOutcome =
  | { readonly findings: readonly PreviewFinding[] }
  | { readonly failure: 'INVALID_CONFIGURATION' | 'INTERNAL_ERROR' };

export interface PreviewFinding {
  readonly id: string;
  readonly finding: WorldFinding;
  readonly changeType: 'NEW' | 'CHANGED' | 'UNCHANGED';
  /** The status it would have. */
  readonly status: FindingStatus;
  readonly existing?: { readonly id: string; readonly status: FindingStatus };
}
