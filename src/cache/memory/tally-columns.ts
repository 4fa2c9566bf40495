import type { CohortTable } from '../cohort-table.ts';
import { grown } from './grown.ts';
import { ResourceText } from './resource-text.ts';
import type { Connection } from '../sqlite.ts';
import { type TallyGroup, TallyGroups, type TallyKind } from './tally-groups.ts';
import { between, type Choice, readExposures, readFindings, readMembers, these } from './tally-rows.ts';

/** The findings of a store in memory, as filters and archive rules see them: about 55 bytes each. */
export interface TallyContent {
  readonly groups: readonly TallyGroup[];
  readonly kinds: readonly TallyKind[];
  /** Of each group: index into `kinds`, and its facts. */
  readonly kindOf: Int32Array;
  readonly factsOf: Int32Array;
  /** Rows of `exposure` in their order, with their resources in the same. */
  readonly exposures: Uint32Array;
  readonly resources: ResourceText;
  /** Of each finding, by exposure: index into `groups`. Those of exposure `i` begin at `firstFinding[i]`. */
  readonly groupOf: Int32Array;
  readonly firstFinding: Int32Array;
  /** Of each finding, epoch ms. */
  readonly createdAt: Float64Array;
}

/** The findings of one exposure. */
interface Run {
  readonly groups: Int32Array;
  readonly createdAt: Float64Array;
}

const NO_RUN: Run = { groups: new Int32Array(0), createdAt: new Float64Array(0) };

/** Groups of the findings of several exposures, and where those of each end. */
interface Runs {
  readonly groups: Int32Array;
  readonly ends: Int32Array;
}

/** Grows at its end with what is new in the store; what has changed is put in the place of what was there. */
export class TallyColumns {
  readonly #connection: Connection;
  readonly #groups: TallyGroups;
  readonly #resources = new ResourceText();
  #exposures = new Uint32Array(0);
  #firstFinding = new Int32Array(1);
  #groupOf = new Int32Array(0);
  #createdAt = new Float64Array(0);
  #length = 0;

  /** Room for all that there is, at once: arrays that grow leave holes in memory. What is not written to takes none. */
  constructor(connection: Connection, cohorts: CohortTable) {
    this.#connection = connection;
    this.#groups = new TallyGroups(connection, cohorts);
    this.#makeRoom(lastRow(connection, 'exposure'), lastRow(connection, 'finding'));
  }

  content(): TallyContent {
    const findings = this.#firstFinding[this.#length] ?? 0;
    this.#groups.settle();
    return {
      groups: this.#groups.all,
      kinds: this.#groups.kinds,
      kindOf: this.#groups.kindOf.subarray(0, this.#groups.all.length),
      factsOf: this.#groups.factsOf.subarray(0, this.#groups.all.length),
      exposures: this.#exposures.subarray(0, this.#length),
      resources: this.#resources,
      groupOf: this.#groupOf.subarray(0, findings),
      firstFinding: this.#firstFinding.subarray(0, this.#length + 1),
      createdAt: this.#createdAt.subarray(0, findings),
    };
  }

  kind(number: number): TallyKind | undefined {
    return this.#groups.kinds[number];
  }

  /** Reads up to so many exposures that came after those that are here; how many. */
  add(limit: number): number {
    const after = this.#length === 0 ? 0 : (this.#exposures[this.#length - 1] ?? 0);
    const sql = 'SELECT max(id) AS last FROM (SELECT id FROM exposure WHERE id > ? ORDER BY id LIMIT ?)';
    const last = this.#connection.get<{ last: number | null }>(sql, after, limit)?.last;
    if (last === undefined || last === null) return 0;
    const { ids, cohorts, lengths, text } = readExposures(this.#connection, between(after, last));
    const { runs, createdAt } = this.#readRuns(between(after, last), ids, cohorts);
    const end = this.#firstFinding[this.#length] ?? 0;
    this.#makeRoom(this.#length + ids.length, end + createdAt.length);
    this.#groupOf.set(runs.groups, end);
    this.#createdAt.set(createdAt, end);
    let at = 0;
    ids.forEach((id, index) => {
      this.#resources.add(text, at, (at += lengths[index] ?? 0));
      this.#exposures[this.#length] = id;
      this.#length += 1;
      this.#firstFinding[this.#length] = end + (runs.ends[index] ?? 0);
    });
    return ids.length;
  }

  /** Reads these exposures again. Those that are not here are left to `add`. */
  replace(wanted: readonly number[]): void {
    const { ids, cohorts } = readExposures(this.#connection, these(wanted));
    const { runs, createdAt } = this.#readRuns(these(wanted), ids, cohorts);
    const changed = new Map<number, Run>();
    for (const id of wanted) {
      const index = this.#indexOf(id);
      if (index !== undefined) changed.set(index, NO_RUN);
    }
    ids.forEach((id, place) => {
      const index = this.#indexOf(id);
      const [from, to] = [runs.ends[place - 1] ?? 0, runs.ends[place]];
      const run = { groups: runs.groups.subarray(from, to), createdAt: createdAt.subarray(from, to) };
      if (index !== undefined) changed.set(index, run);
      else for (const group of run.groups) this.#groups.change(group, -1);
    });
    for (const index of changed.keys()) this.#discount(index);
    if ([...changed].every(([index, run]) => run.groups.length === this.#lengthOf(index)))
      for (const [index, run] of changed) this.#write(this.#firstFinding[index] ?? 0, run);
    else this.#rewrite(changed);
  }

  /** The findings of the exposures in the order of these; each counts in its group. */
  #readRuns(
    choice: Choice,
    ids: Float64Array,
    cohorts: Float64Array,
  ): { readonly runs: Runs; readonly createdAt: Float64Array } {
    this.#groups.learnFacts();
    const { exposures, facts, createdAt } = readFindings(this.#connection, choice);
    const ends = new Int32Array(ids.length);
    const several: number[] = [];
    let end = 0;
    ids.forEach((id, index) => {
      const begin = end;
      while (exposures[end] === id) end += 1;
      ends[index] = end;
      if (end - begin > 1) several.push(id);
    });
    const members = several.length === 0 ? [] : readMembers(this.#connection, several);
    const groups = new Int32Array(end);
    let finding = 0;
    let next = 0;
    cohorts.forEach((cohort, index) => {
      const isLone = (ends[index] ?? 0) - finding === 1;
      for (; finding < (ends[index] ?? 0); finding++) {
        const member = isLone ? undefined : members[next++];
        const own = facts[finding] ?? 0;
        const group =
          member === undefined
            ? this.#groups.ofLone(cohort, own)
            : this.#groups.ofMember(cohort, member, own);
        this.#groups.change(group, 1);
        groups[finding] = group;
      }
    });
    return { runs: { groups, ends }, createdAt };
  }

  #discount(index: number): void {
    const end = this.#firstFinding[index + 1] ?? 0;
    for (let finding = this.#firstFinding[index] ?? 0; finding < end; finding++)
      this.#groups.change(this.#groupOf[finding] ?? 0, -1);
  }

  #lengthOf = (index: number): number =>
    (this.#firstFinding[index + 1] ?? 0) - (this.#firstFinding[index] ?? 0);

  #write(at: number, { groups, createdAt }: Run): void {
    this.#groupOf.set(groups, at);
    this.#createdAt.set(createdAt, at);
  }

  /** Everything moves when an exposure has more or fewer findings than before. */
  #rewrite(runs: ReadonlyMap<number, Run>): void {
    const [oldFirst, oldGroups, oldCreated] = [this.#firstFinding, this.#groupOf, this.#createdAt];
    const more = [...runs].reduce((sum, [index, run]) => sum + run.groups.length - this.#lengthOf(index), 0);
    const total = (oldFirst[this.#length] ?? 0) + more;
    this.#firstFinding = new Int32Array(oldFirst.length);
    this.#groupOf = new Int32Array(Math.max(total, oldGroups.length));
    this.#createdAt = new Float64Array(Math.max(total, oldCreated.length));
    let end = 0;
    for (let index = 0; index < this.#length; index++) {
      const run = runs.get(index);
      if (run !== undefined) {
        this.#write(end, run);
        end += run.groups.length;
      } else {
        for (let from = oldFirst[index] ?? 0; from < (oldFirst[index + 1] ?? 0); from++, end++) {
          this.#groupOf[end] = oldGroups[from] ?? 0;
          this.#createdAt[end] = oldCreated[from] ?? 0;
        }
      }
      this.#firstFinding[index + 1] = end;
    }
  }

  #makeRoom(exposures: number, findings: number): void {
    this.#exposures = grown(this.#exposures, exposures);
    this.#firstFinding = grown(this.#firstFinding, exposures + 1);
    this.#groupOf = grown(this.#groupOf, findings);
    this.#createdAt = grown(this.#createdAt, findings);
  }

  #indexOf(id: number): number | undefined {
    return indexOfRow(this.#exposures.subarray(0, this.#length), id);
  }
}

const lastRow = (connection: Connection, table: 'exposure' | 'finding'): number =>
  connection.get<{ id: number | null }>(`SELECT max(id) AS id FROM ${table}`)?.id ?? 0;

/** Place of a row id among those of a tally, by halves. */
export function indexOfRow(exposures: Uint32Array, id: number): number | undefined {
  let low = 0;
  let high = exposures.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((exposures[middle] ?? 0) < id) low = middle + 1;
    else high = middle;
  }
  return exposures[low] === id ? low : undefined;
}
