import type { Criteria } from '../domain/archive-rule.ts';
import { matchesCriteria } from '../domain/criteria.ts';
import type { StoredFinding } from '../domain/listing.ts';
import { type DeadValue, type DryRunCounts, knownBeforeDetail, valuesOf } from '../domain/rules/dry-run.ts';
import { STATUS_CODES, TYPE_CODES } from './codes.ts';
import { RESOURCE, toGroupTest, toValueTest } from './criteria-groups.ts';
import { Head } from './dry-run-head.ts';
import type { Connection } from './sqlite.ts';
import {
  FINDING_COLUMNS,
  FINDING_TABLES,
  type FindingReaders,
  type FindingRow,
  toStoredFinding,
} from './stored-finding.ts';
import type { Tally, TallyContent, TallyGroup } from './tally.ts';

export interface DryRunOptions {
  /** The analyzers that the rule is for; absent: all. */
  readonly analyzers?: readonly { readonly profile: string; readonly analyzerArn: string }[];
  /** How many of the findings that it would archive are read. */
  readonly limit: number;
}

type Parts = FindingReaders & { readonly connection: Connection };

/** What the findings of a group count as. */
const CAUGHT = 1;
const ACTIVE = 2;
const PUBLIC = 4;
const UNCERTAIN = 8;

/** What a rule would do to the findings of the store, counted in memory: fast enough for every keystroke. */
export class DryRunReader {
  readonly #parts: Parts;
  readonly #tally: Tally;

  constructor(parts: Parts, tally: Tally) {
    this.#parts = parts;
    this.#tally = tally;
  }

  dryRun(criteria: Criteria, { analyzers, limit }: DryRunOptions): DryRunCounts<StoredFinding> {
    const content = this.#tally.content();
    const chosen = analyzers && new Set(analyzers.map((each) => this.#parts.analyzers.find(each)));
    const isChosen = ({ analyzer }: TallyGroup): boolean => chosen?.has(analyzer) ?? true;
    const flags = this.#flag(content, criteria, isChosen);
    const head = new Head(limit);
    const totals = count(content, criteria, flags, (exposure, group) => {
      const found = content.groups[group];
      if (found !== undefined) head.add(this.#tally.riskOf(found), content.exposures[exposure] ?? 0);
    });
    return {
      ...totals,
      first: this.#read(head.rows(), criteria, analyzers).slice(0, limit),
      dead: valuesOf(criteria).filter((value) => !this.#isSeen(value, content, isChosen)),
    };
  }

  #flag(content: TallyContent, criteria: Criteria, isChosen: (group: TallyGroup) => boolean): Uint8Array {
    const known = knownBeforeDetail(criteria);
    const isMeant = toGroupTest(criteria, this.#tally);
    const mayBeMeant = known === undefined ? () => false : toGroupTest(known, this.#tally);
    const flags = new Uint8Array(content.groups.length);
    content.groups.forEach((group, index) => {
      if (!isChosen(group)) return;
      const isActive = group.status === STATUS_CODES.ACTIVE;
      if (known !== undefined && this.#lacksDetail(group)) {
        if (isActive && mayBeMeant(group)) flags[index] = UNCERTAIN;
      } else if (isMeant(group)) {
        const active = isActive ? ACTIVE : 0;
        const open = isActive && this.#tally.accessOf(group).isPublic === true ? PUBLIC : 0;
        flags[index] = CAUGHT | active | open;
      }
    });
    return flags;
  }

  /** As in domain/rules/dry-run.ts. */
  #lacksDetail(group: TallyGroup): boolean {
    if (this.#tally.typeOf(group) !== TYPE_CODES.InternalAccess) return false;
    const { principal, error } = this.#tally.accessOf(group);
    return principal === undefined && error === undefined;
  }

  #isSeen(
    value: DeadValue,
    { groups, groupOf, firstFinding, resources }: TallyContent,
    isChosen: (group: TallyGroup) => boolean,
  ): boolean {
    if (value.key !== RESOURCE) {
      const hasValue = toValueTest(value, this.#tally);
      return groups.some((group) => isChosen(group) && hasValue(group));
    }
    const list = [value.value];
    const hits = resources.hits(value.operator === 'contains' ? { contains: list } : { eq: list });
    for (let exposure = hits.indexOf(1); exposure >= 0; exposure = hits.indexOf(1, exposure + 1)) {
      const own = groupOf.subarray(firstFinding[exposure], firstFinding[exposure + 1]);
      if (own.some((index) => groups[index] !== undefined && isChosen(groups[index]))) return true;
    }
    return false;
  }

  #read(
    exposures: readonly number[],
    criteria: Criteria,
    analyzers: DryRunOptions['analyzers'],
  ): readonly StoredFinding[] {
    const isChosen = ({ profile, analyzerArn }: StoredFinding): boolean =>
      analyzers?.some((each) => each.profile === profile && each.analyzerArn === analyzerArn) ?? true;
    return this.#parts.connection
      .all<FindingRow>(
        `SELECT ${FINDING_COLUMNS} FROM ${FINDING_TABLES} WHERE e.id IN (SELECT value FROM json_each(?))
          AND f.gone_at IS NULL AND f.status = ${STATUS_CODES.ACTIVE} ORDER BY e.risk DESC, e.id`,
        JSON.stringify(exposures),
      )
      .map((row) => toStoredFinding(row, this.#parts))
      .filter((finding) => isChosen(finding) && matchesCriteria(criteria, finding));
  }
}

type Totals = Pick<DryRunCounts<unknown>, 'wouldArchive' | 'publicOnes' | 'caught' | 'uncertain'>;

/** `onActive` hears of each finding that would be archived: places of its exposure and of its group. */
function count(
  { resources, groupOf, firstFinding }: TallyContent,
  criteria: Criteria,
  flags: Uint8Array,
  onActive: (exposure: number, group: number) => void,
): Totals {
  const hits = criteria[RESOURCE] === undefined ? undefined : resources.hits(criteria[RESOURCE]);
  const totals = { wouldArchive: 0, publicOnes: 0, caught: 0, uncertain: 0 };
  const exposures = firstFinding.length - 1;
  for (let exposure = 0; exposure < exposures; exposure++) {
    if (hits !== undefined && hits[exposure] === 0) continue;
    const end = firstFinding[exposure + 1] ?? 0;
    for (let finding = firstFinding[exposure] ?? 0; finding < end; finding++) {
      const group = groupOf[finding] ?? 0;
      const flag = flags[group] ?? 0;
      if (flag === 0) continue;
      if ((flag & UNCERTAIN) !== 0) totals.uncertain += 1;
      if ((flag & CAUGHT) !== 0) totals.caught += 1;
      if ((flag & PUBLIC) !== 0) totals.publicOnes += 1;
      if ((flag & ACTIVE) === 0) continue;
      totals.wouldArchive += 1;
      onActive(exposure, group);
    }
  }
  return totals;
}
