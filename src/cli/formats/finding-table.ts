import { TYPE_LABELS } from '../../domain/finding.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import { shortResource } from '../../domain/arn.ts';
import { kindOf } from '../../domain/resource-kind.ts';
import { cleanText } from '../../domain/text.ts';
import { isNeverUsed } from '../../domain/usage.ts';
import { ageText, whatText, whoWhatText } from '../../domain/words.ts';
import { fitColumns, formatTable } from '../table.tsx';

const ROWS_AT_ONCE = 200;

const SPECS = [
  { title: 'RISK', width: 4 },
  { title: 'FINDING', width: 15 },
  { title: 'STATUS', width: 8 },
  { title: 'RESOURCE', weight: 3 },
  { title: 'WHO / WHAT', weight: 2 },
  { title: 'ACCOUNT', width: 12 },
  { title: 'REGION', width: 14 },
  { title: 'AGE', width: 5 },
  { title: 'ID', width: 8 },
] as const;

/** The list as a table, in pieces of some hundred rows: the widths follow from the terminal, so nothing is held. */
export function* formatFindingTables(
  findings: Iterable<StoredFinding>,
  { columns, ascii }: { readonly columns: number; readonly ascii: boolean },
  now: number,
): Generator<string> {
  const widths = fitColumns(Math.max(columns, 110), SPECS);
  let rows: (readonly string[])[] = [];
  let heading = true;
  for (const finding of findings) {
    rows.push(toRow(finding, now));
    if (rows.length < ROWS_AT_ONCE) continue;
    yield formatTable(widths, rows, { heading, ascii });
    rows = [];
    heading = false;
  }
  yield formatTable(widths, rows, { heading, ascii });
}

function whoWhatOf({ findingType, principal, action, error, detail }: StoredFinding): string {
  return whoWhatText({
    findingType,
    principal,
    action,
    error,
    what: whatText(detail),
    neverUsed: isNeverUsed(detail),
  });
}

function toRow(finding: StoredFinding, now: number): readonly string[] {
  return [
    String(finding.risk),
    finding.isPublic === true ? 'public' : TYPE_LABELS[finding.findingType],
    finding.status.toLowerCase(),
    `${kindOf(finding.resourceType)} ${shortResource(finding.resource, finding.resourceType)}`,
    whoWhatOf(finding),
    finding.resourceOwnerAccount,
    finding.region,
    ageText(now - finding.createdAt),
    finding.id.slice(0, 8),
  ].map(cleanText);
}
