import type { Clock } from '../clock.ts';
import type { FindingSource } from '../world/source.ts';
import type { World } from '../world/model.ts';
import type { AnalyzerRecord } from './analyzer-record.ts';
import type { AccessPreviewRecord } from './access-preview-record.ts';

/** Everything that the emulator's services keep: the world, and what Access Analyzer and STS know beside it. */
export interface Estate {
  readonly seed: number;
  readonly clock: Clock;
  readonly world: World;
  readonly source: FindingSource;
  /** By ARN, in the order of creation. */
  readonly analyzers: Map<string, AnalyzerRecord>;
  /** How many analyzers had this ARN so far: one that is created again finds with new ids. */
  readonly generations: Map<string, number>;
  readonly accessPreviews: Map<string, AccessPreviewRecord>;
  /** Sessions from AssumeRole, by access key id. */
  readonly sessions: Map<string, SessionRecord>;
  readonly scans: PendingScan[];
  /** When the last daily pass ran. */
  lastPassAt: number;
  /** How long a resource scan takes, ms. */
  readonly scanMs: number;
  /** Time between two passes over everything, ms: a day, but for those who cannot wait. */
  readonly passMs: number;
}

/** What AssumeRole gave out. */
export interface SessionRecord {
  readonly account: string;
  readonly roleName: string;
  readonly sessionName: string;
  /** Unique id of the role (AROA…). */
  readonly roleId: string;
  readonly expiresAt: number;
}

/** A StartResourceScan whose result does not show yet. */
export interface PendingScan {
  readonly analyzerArn: string;
  readonly resourceArn: string;
  readonly dueAt: number;
}
