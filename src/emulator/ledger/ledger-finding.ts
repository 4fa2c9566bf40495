import type { FindingStatus } from '../../domain/finding.ts';
import type { WorldFinding } from '../world/finding.ts';

/** What follows from the world, with what the service adds: an id, a status and its own times. */
export interface LedgerFinding extends WorldFinding {
  /** UUID. */
  readonly id: string;
  readonly status: FindingStatus;
  readonly analyzedAt: number;
  readonly updatedAt: number;
}
