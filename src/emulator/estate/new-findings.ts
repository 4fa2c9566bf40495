import { matchesCriteria } from '../../domain/criteria.ts';
import type { LedgerFinding } from '../ledger/ledger-finding.ts';
import type { ArchiveRuleSpec } from '../world/finding.ts';

/** Whether a finding that is new is archived at once: rules work on what is found after them, never before. */
export const archivesNew = (rules: Iterable<ArchiveRuleSpec>, finding: LedgerFinding): boolean =>
  [...rules].some((rule) => rule.createdAt <= finding.createdAt && matchesCriteria(rule.filter, finding));
