import type { ExposureRow, StoredFinding } from '../../domain/listing.ts';
import type { Risk } from '../../domain/risk.ts';
import { scoreRisk } from '../../domain/risk.ts';
import { accountIn } from '../../domain/arn.ts';
import type { DetailSection } from './text-line.ts';

/**
 * The points of the score in the store. Which accounts are known is the store's secret: of the two readings, the one
 * that gives the score the row has is the one that was used.
 */
function explainScore(row: ExposureRow, finding: StoredFinding): Risk {
  const { detail, ...facts } = finding;
  const read = (knownAccounts: ReadonlySet<string>): Risk =>
    scoreRisk({ ...facts, ...(detail === undefined ? {} : { detail }), knownAccounts });
  const strangers = read(new Set());
  if (strangers.score === row.risk) return strangers;
  const accounts = Object.values(finding.principal ?? {}).flatMap((value) => accountIn(value) ?? []);
  const known = read(new Set(accounts));
  return known.score === row.risk ? known : strangers;
}

export function riskSection(row: ExposureRow, finding: StoredFinding): DetailSection {
  const risk = explainScore(row, finding);
  return {
    id: 'risk',
    title: `Risk ${risk.score} of 100`,
    lines: risk.points.map(({ label, points }) => ({ label: `+${points}`, text: label })),
  };
}
