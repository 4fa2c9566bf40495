import type { Criteria } from '../domain/archive-rule.ts';
import type { StoredFinding } from '../domain/listing.ts';
import { isMeantForSure } from '../domain/rules/dry-run.ts';
import { STATUS_CODES } from './codes.ts';
import { RESOURCE } from './criteria-groups.ts';
import { type DryRunOptions, toChoice } from './dry-run.ts';
import { ACTIVE, flagGroups } from './group-flags.ts';
import type { Connection } from './sqlite.ts';
import {
  FINDING_COLUMNS,
  FINDING_TABLES,
  type FindingReaders,
  type FindingRow,
  toStoredFinding,
} from './stored-finding.ts';
import type { Tally, TallyContent } from './tally.ts';

export interface RuleWindowOptions extends DryRunOptions {
  readonly offset: number;
  readonly limit: number;
}

type Parts = FindingReaders & { readonly connection: Connection };

/** Risks are whole numbers from 0 to 100. */
const RISKS = 101;

/** Any part of the active findings that a rule means, the riskiest first: found in memory, and only that part is read. */
export class RuleWindowReader {
  readonly #parts: Parts;
  readonly #tally: Tally;

  constructor(parts: Parts, tally: Tally) {
    this.#parts = parts;
    this.#tally = tally;
  }

  window(criteria: Criteria, { analyzers, offset, limit }: RuleWindowOptions): readonly StoredFinding[] {
    const content = this.#tally.content();
    const isChosen = toChoice(analyzers, this.#parts.analyzers);
    const flags = flagGroups(content.groups, criteria, this.#tally);
    // One more than the risk; 0: not meant.
    const ranks = Uint8Array.from(content.groups, (group, index) =>
      ((flags[index] ?? 0) & ACTIVE) !== 0 && isChosen(group) ? this.#tally.riskOf(group) + 1 : 0,
    );
    const hits = criteria[RESOURCE] === undefined ? undefined : content.resources.hits(criteria[RESOURCE]);
    const { exposures, lead } = place({ content, ranks, hits }, offset, limit);
    const ids = new Set(analyzers?.map(({ profile, analyzerArn }) => `${profile} ${analyzerArn}`));
    return this.#read(exposures)
      .filter(
        (finding) =>
          (analyzers === undefined || ids.has(`${finding.profile} ${finding.analyzerArn}`)) &&
          isMeantForSure(criteria, finding),
      )
      .slice(lead, lead + limit);
  }

  #read(exposures: readonly number[]): readonly StoredFinding[] {
    return this.#parts.connection
      .all<FindingRow>(
        `SELECT ${FINDING_COLUMNS} FROM ${FINDING_TABLES} WHERE e.id IN (SELECT value FROM json_each(?))
          AND f.gone_at IS NULL AND f.status = ${STATUS_CODES.ACTIVE} ORDER BY e.risk DESC, e.id, f.id`,
        JSON.stringify(exposures),
      )
      .map((row) => toStoredFinding(row, this.#parts));
  }
}

interface Meant {
  readonly content: TallyContent;
  readonly ranks: Uint8Array;
  readonly hits: Uint8Array | undefined;
}

interface Placed {
  /** Rows of `exposure` that the window touches. */
  readonly exposures: readonly number[];
  /** Findings of the first of them that stand before the window. */
  readonly lead: number;
}

/** Without sorting: how many there are of each risk says where in its row of exposures the window lies. */
function place(meant: Meant, offset: number, limit: number): Placed {
  const ofRank = new Float64Array(RISKS + 1);
  eachExposure(meant, (_, rank, count) => {
    ofRank[rank] = (ofRank[rank] ?? 0) + count;
  });
  // Place in the whole list at which the next exposure of each rank begins.
  const next = new Float64Array(RISKS + 1);
  for (let rank = RISKS - 1; rank > 0; rank--) next[rank] = (next[rank + 1] ?? 0) + (ofRank[rank + 1] ?? 0);
  const exposures: number[] = [];
  let first = Infinity;
  eachExposure(meant, (exposure, rank, count) => {
    const begin = next[rank] ?? 0;
    next[rank] = begin + count;
    if (begin + count <= offset || begin >= offset + limit) return;
    exposures.push(meant.content.exposures[exposure] ?? 0);
    first = Math.min(first, begin);
  });
  return { exposures, lead: Math.max(0, offset - first) };
}

/** All findings of an exposure have its risk. */
function eachExposure(
  { content: { groupOf, firstFinding }, ranks, hits }: Meant,
  visit: (exposure: number, rank: number, count: number) => void,
): void {
  for (let exposure = 0; exposure < firstFinding.length - 1; exposure++) {
    if (hits !== undefined && hits[exposure] === 0) continue;
    const end = firstFinding[exposure + 1] ?? 0;
    let rank = 0;
    let count = 0;
    for (let finding = firstFinding[exposure] ?? 0; finding < end; finding++) {
      const own = ranks[groupOf[finding] ?? 0] ?? 0;
      if (own === 0) continue;
      rank = own;
      count += 1;
    }
    if (count > 0) visit(exposure, rank, count);
  }
}
