import { awsCommand } from '../../domain/command-line.ts';
import { findingLink } from '../../domain/console-link.ts';
import { toWholeFindingJson } from '../../domain/finding-json.ts';
import type { FindingRef } from '../../domain/finding.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import { cleanText } from '../../domain/text.ts';
import type { Fix } from '../../triage/resolve/fix.ts';
import type { Menu, MenuItem } from '../dialog.ts';
import { formatCount, formatNumber } from '../../domain/format-count.ts';
import type { Target } from './marks.ts';

/** What `y` copies: of the row under the cursor, of all that is marked, or of a fix. */

/** Findings that are looked at: of more, not even the ids fit into what a terminal takes for its clipboard. */
export const MOST_COPIED = 2_000;

const getFindingCommand = (ref: FindingRef): string =>
  awsCommand(['accessanalyzer', 'get-finding-v2', '--analyzer-arn', ref.analyzerArn, '--id', ref.id], {
    profile: ref.profile,
    region: ref.region,
  });

/** The finding that stands for a row: an active one, else the first. */
const mainFinding = (findings: readonly StoredFinding[]): StoredFinding | undefined =>
  findings.find(({ status }) => status === 'ACTIVE') ?? findings[0];

interface CopyFacts {
  readonly id: string;
  readonly key: string;
  readonly label: string;
  /** One a line. */
  readonly lines: readonly string[];
}

/** Nothing to copy, no item. Several: the label says how many. */
function copyItem({ id, key, label, lines }: CopyFacts): readonly MenuItem[] {
  const [first] = lines;
  if (first === undefined) return [];
  const counted = lines.length === 1 ? label : `${label}s (${formatNumber(lines.length)})`;
  return [{ id, key, label: counted, hint: cleanText(first), value: lines.join('\n') }];
}

function jsonItem(findings: readonly StoredFinding[], isArray: boolean): MenuItem {
  const whole = findings.map(toWholeFindingJson);
  return {
    id: 'json',
    key: 'j',
    label: isArray ? `JSON (${formatNumber(findings.length)})` : 'JSON',
    hint: isArray ? 'one array, SDK names' : 'one object, SDK names',
    value: JSON.stringify(isArray ? whole : whole[0], undefined, 2),
  };
}

function titleOf({ of, ids, hidden }: Target): string {
  if (of === 'cursor') return 'Copy';
  const marked = `Copy of ${formatCount(ids.length - hidden, 'marked row')}`;
  return hidden === 0 ? marked : `${marked} (${formatNumber(hidden)} hidden left out)`;
}

/**
 * Of each row its findings that the filter shows, twins in all Regions: ids and commands of each finding, ARN and link
 * of each row.
 */
export function copyMenu(found: readonly StoredFinding[], target: Target): Menu {
  const byRow = Map.groupBy(found, ({ exposureId }) => exposureId);
  const rows = target.ids.flatMap((id) => {
    const findings = byRow.get(id);
    return findings === undefined ? [] : [findings];
  });
  const findings = rows.flat();
  const links = rows.flatMap((row) => {
    const main = mainFinding(row);
    return (main === undefined ? undefined : findingLink(main)) ?? [];
  });
  const items = [
    ...copyItem({ id: 'id', key: 'i', label: 'Finding id', lines: findings.map(({ id }) => id) }),
    ...copyItem({
      id: 'arn',
      key: 'a',
      label: 'Resource ARN',
      lines: [...new Set(findings.map(({ resource }) => resource))],
    }),
    ...copyItem({ id: 'command', key: 'c', label: 'aws command', lines: findings.map(getFindingCommand) }),
    ...copyItem({ id: 'link', key: 'l', label: 'Console link', lines: links }),
    jsonItem(findings, target.of === 'marks' || findings.length > 1),
  ];
  return { id: 'copy', title: titleOf(target), items };
}

/** A fix as it is taken along: its commands, and the page where it is made by hand. */
export function copyFixMenu({ commands, link }: Fix): Menu {
  const items = [
    ...copyItem({ id: 'command', key: 'c', label: 'aws command', lines: commands }),
    ...copyItem({ id: 'link', key: 'l', label: 'Console link', lines: link === undefined ? [] : [link] }),
  ];
  return { id: 'copy', title: 'Copy the fix', items };
}
