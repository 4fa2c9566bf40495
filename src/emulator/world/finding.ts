import type { AnalyzerType } from '../../domain/analyzer.ts';
import type { Criteria } from '../../domain/archive-rule.ts';
import type { FindingDetail, FindingSource as AccessSource, FindingType } from '../../domain/finding.ts';

/** What derivation needs to know of an analyzer. */
export interface AnalyzerView {
  readonly arn: string;
  readonly type: AnalyzerType;
  /** Account that owns the analyzer: its zone of trust, or a member of the organization that is. */
  readonly account: string;
  readonly region: string;
  readonly createdAt: number;
  /** Days, 1–365; unused access only. 90 where it is absent, as the service has it. */
  readonly unusedAccessAge?: number;
  /** Unused access: identities of these accounts, or with all of these tags, are left out. */
  readonly exclusions?: readonly AnalysisExclusion[];
  /** Internal access: the resources to look at; each inclusion's own lists are ANDed. */
  readonly inclusions?: readonly AnalysisInclusion[];
}

export interface AnalysisExclusion {
  readonly accountIds?: readonly string[];
  readonly resourceTags?: readonly Readonly<Record<string, string>>[];
}

export interface AnalysisInclusion {
  readonly accountIds?: readonly string[];
  readonly resourceTypes?: readonly string[];
  readonly resourceArns?: readonly string[];
}

/** An analyzer of a world as it stands at the start: what the emulator is seeded with. */
export interface AnalyzerSpec extends AnalyzerView {
  readonly name: string;
  readonly status: 'ACTIVE' | 'CREATING' | 'DISABLED' | 'FAILED';
  /** StatusReason.code, e.g. `DELEGATED_ADMINISTRATOR_DEREGISTERED`. */
  readonly statusReason?: string;
  readonly managedBy?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly archiveRules?: readonly ArchiveRuleSpec[];
  /** Findings that a person archived by hand before the start. */
  readonly archivedByHand?: Criteria;
}

export interface ArchiveRuleSpec {
  readonly ruleName: string;
  readonly filter: Criteria;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/**
 * A finding as it follows from the world, before the ledger gives it an id and a status. `key` says what was found:
 * the same key is the same finding, a changed permission gives another key (so: another id, ACCESS-ANALYZER notes).
 */
export interface WorldFinding {
  readonly key: string;
  readonly findingType: FindingType;
  /** ARN. */
  readonly resource: string;
  readonly resourceType: string;
  readonly resourceOwnerAccount: string;
  /** When the cause came to be: policy change, or the end of the tracking period without a use. */
  readonly createdAt: number;
  readonly isPublic?: boolean;
  readonly principal?: Readonly<Record<string, string>>;
  readonly action?: readonly string[];
  readonly condition?: Readonly<Record<string, string>>;
  readonly sources?: readonly AccessSource[];
  readonly resourceControlPolicyRestriction?: string;
  /** ACCESS_DENIED or INTERNAL_ERROR; such a finding has neither principal nor action. */
  readonly error?: string;
  readonly detail: FindingDetail;
}
