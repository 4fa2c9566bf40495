import type { Analyzer } from '../../domain/analyzer.ts';
import type { ArchiveRule } from '../../domain/archive-rule.ts';
import type { StoredFinding } from '../../domain/listing.ts';

/** An analyzer that a rule is planned for, with what the store knows of it. */
export interface RuleTarget {
  readonly analyzer: Analyzer;
  /** The rules it has. */
  readonly rules: readonly ArchiveRule[];
  /** Its findings that AWS still lists; asked anew for each pass, so that a store can stream them. */
  findings(): Iterable<StoredFinding>;
}

export const ruleNamed = ({ rules }: RuleTarget, name: string): ArchiveRule | undefined =>
  rules.find(({ ruleName }) => ruleName === name);

/** "eu-west-1/main", for sentences. */
export const targetText = ({ analyzer }: RuleTarget): string => `${analyzer.region}/${analyzer.name}`;
