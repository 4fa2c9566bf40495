import type { Criteria } from '../domain/archive-rule.ts';
import type { StoredFinding } from '../domain/listing.ts';
import { type DeadValue, type DryRunCounts, knownBeforeDetail, valuesOf } from '../domain/rules/dry-run.ts';
import { STATUS_CODES, TYPE_CODES } from './codes.ts';
import { compileCriteria, type CompiledCriteria, isRowKey, rowTest, valueTest } from './criteria-sql.ts';
import type { RowTest } from './filter-node.ts';
import type { SearchIndex } from './search-index.ts';
import type { Connection, SqlValue } from './sqlite.ts';
import {
  FINDING_COLUMNS,
  FINDING_TABLES,
  type FindingReaders,
  type FindingRow,
  toStoredFinding,
} from './stored-finding.ts';
import { GROUP_COLUMNS, groupKey, type Tally, type TallyGroup } from './tally.ts';

export interface DryRunOptions {
  /** The analyzers that the rule is for; absent: all. */
  readonly analyzers?: readonly { readonly profile: string; readonly analyzerArn: string }[];
  /** How many of the findings that it would archive are read. */
  readonly limit: number;
}

type Parts = FindingReaders & { readonly connection: Connection; readonly search: SearchIndex };

/** What a rule would do to the findings of the store, counted group by group: fast enough for every keystroke. */
export class DryRunReader {
  readonly #parts: Parts;
  readonly #tally: Tally;
  /** What the last tests of single rows found: most keystrokes change something else. */
  readonly #rows = new Map<string, readonly TallyGroup[]>();
  #version = '';

  constructor(parts: Parts, tally: Tally) {
    this.#parts = parts;
    this.#tally = tally;
  }

  dryRun(criteria: Criteria, { analyzers, limit }: DryRunOptions): DryRunCounts<StoredFinding> {
    const version = this.#tally.refresh();
    if (version !== this.#version) this.#rows.clear();
    this.#version = version;
    const ids = analyzers?.map((each) => this.#parts.analyzers.find(each));
    const chosen = new Set(ids);
    const isChosen = (group: TallyGroup): boolean => ids === undefined || chosen.has(group.analyzer);
    const known = knownBeforeDetail(criteria);
    const lacks = (group: TallyGroup): boolean => known !== undefined && this.#lacksDetail(group);
    const compiled = compileCriteria(criteria, this.#tally, this.#parts.search);
    const meant = this.#groups(compiled, (group) => isChosen(group) && !lacks(group));
    const open =
      known === undefined ? [] : this.#uncertain(known, (group) => isChosen(group) && lacks(group));
    const active = meant.filter(isActive);
    return {
      wouldArchive: sum(active),
      publicOnes: sum(active.filter((group) => this.#tally.accessOf(group).isPublic === true)),
      caught: sum(meant),
      uncertain: sum(open),
      first: this.#first(active, compiled.ofRow, limit),
      dead: valuesOf(criteria).filter((value) => !this.#isSeen(value, isChosen)),
    };
  }

  #uncertain(known: Criteria, isOpen: (group: TallyGroup) => boolean): readonly TallyGroup[] {
    const compiled = compileCriteria(known, this.#tally, this.#parts.search);
    return this.#groups(compiled, (group) => isActive(group) && isOpen(group));
  }

  /** As in domain/rules/dry-run.ts. */
  #lacksDetail(group: TallyGroup): boolean {
    const { principal, error } = this.#tally.accessOf(group);
    return (
      this.#tally.typeOf(group) === TYPE_CODES.InternalAccess &&
      principal === undefined &&
      error === undefined
    );
  }

  #groups(
    { ofGroup, ofRow }: CompiledCriteria,
    among: (group: TallyGroup) => boolean,
  ): readonly TallyGroup[] {
    const groups = ofRow === undefined ? this.#tally.groups() : this.#groupsOf(ofRow);
    return groups.filter((group) => among(group) && ofGroup(group));
  }

  #groupsOf(row: RowTest): readonly TallyGroup[] {
    const key = JSON.stringify([row.sql, row.values]);
    const remembered = this.#rows.get(key);
    if (remembered !== undefined) return remembered;
    const { sql, values } = from(row);
    const found = this.#parts.connection.once<TallyGroup>(
      `SELECT ${GROUP_COLUMNS}, count(*) AS findings FROM exposure e CROSS JOIN finding f ON f.exposure = e.id
        WHERE ${sql} AND f.gone_at IS NULL GROUP BY ${GROUP_COLUMNS}`,
      values,
    );
    this.#rows.set(key, found);
    return found;
  }

  #isSeen(value: DeadValue, isChosen: (group: TallyGroup) => boolean): boolean {
    const { key, operator } = value;
    if (!isRowKey(key)) {
      const hasValue = valueTest(value, this.#tally);
      return this.#tally.groups().some((group) => isChosen(group) && hasValue(group));
    }
    const list = [value.value];
    const criterion = operator === 'contains' ? { contains: list } : { eq: list };
    return this.#groupsOf(rowTest(key, criterion, this.#parts.search)).some(isChosen);
  }

  /** Of the riskiest groups that have enough of them. */
  #first(active: readonly TallyGroup[], row: RowTest | undefined, limit: number): readonly StoredFinding[] {
    if (limit === 0) return [];
    const ordered = active.toSorted((a, b) => this.#tally.riskOf(b) - this.#tally.riskOf(a));
    const found: StoredFinding[] = [];
    const wanted = takeUntil(ordered, limit);
    if (wanted.length === 0) return found;
    const keys = new Set(wanted.map(groupKey));
    const list = (numbers: readonly number[]): string => JSON.stringify([...new Set(numbers)]);
    const { sql, values } = row === undefined ? { sql: '1', values: [] } : from(row);
    const rows = this.#parts.connection.iterate<FindingRow & { cohort: number; factsRow: number }>(
      `SELECT ${FINDING_COLUMNS}, e.cohort AS cohort, f.facts AS factsRow FROM ${FINDING_TABLES}
        WHERE ${sql} AND f.gone_at IS NULL AND f.status = ${STATUS_CODES.ACTIVE}
          AND f.facts IN (SELECT value FROM json_each(?)) AND e.cohort IN (SELECT value FROM json_each(?))`,
      [...values, list(wanted.map(({ facts }) => facts)), list(wanted.map(({ cohort }) => cohort))],
    );
    for (const each of rows) {
      if (!keys.has(groupKey({ ...each, facts: each.factsRow }))) continue;
      found.push(toStoredFinding(each, this.#parts));
      if (found.length >= limit) break;
    }
    return found.sort((a, b) => b.risk - a.risk);
  }
}

const isActive = ({ status }: TallyGroup): boolean => status === STATUS_CODES.ACTIVE;

const sum = (groups: readonly TallyGroup[]): number =>
  groups.reduce((total, { findings }) => total + findings, 0);

/** The first groups that have as many findings together. */
function takeUntil(groups: readonly TallyGroup[], findings: number): readonly TallyGroup[] {
  let total = 0;
  const end = groups.findIndex((group) => (total += group.findings) >= findings);
  return end < 0 ? groups : groups.slice(0, end + 1);
}

function from({ sql, values, candidates }: RowTest): {
  readonly sql: string;
  readonly values: readonly SqlValue[];
} {
  if (candidates === undefined) return { sql: `(${sql})`, values };
  return { sql: `e.id IN (${candidates.sql}) AND (${sql})`, values: [...candidates.values, ...values] };
}
