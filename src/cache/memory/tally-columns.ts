import type { CohortTable } from '../cohort-table.ts';
import { grown } from './grown.ts';
import { ResourceText } from './resource-text.ts';
import { RowIds } from './row-ids.ts';
import { Runs } from './runs.ts';
import { Times } from './times.ts';
import type { Connection } from '../sqlite.ts';
import { TallyGroups } from './tally-groups.ts';
import { between, type Choice, readExposures, readFindings, readMembers, these } from './tally-rows.ts';

/** The findings of a store in memory, as filters and archive rules see them: about 20 bytes each. */
export interface TallyContent {
  readonly groups: TallyGroups;
  /** Rows of `exposure`, and in the same order the resources and both columns. */
  readonly exposures: RowIds;
  readonly resources: ResourceText;
  /** The group of an exposure's only finding. A negative number is `~` the place in `runs` of those that it has instead. */
  readonly groupOf: Int32Array;
  /** When its oldest finding was created. */
  readonly createdAt: Times;
  readonly runs: Runs;
}

/** The findings of some exposures behind each other, and where those of each end. */
interface Read {
  readonly groups: Int32Array;
  readonly createdAt: Float64Array;
  readonly ends: Int32Array;
}

/** Grows at its end with what is new in the store; what has changed is put in the place of what was there. */
export class TallyColumns {
  readonly groups: TallyGroups;
  readonly #connection: Connection;
  readonly #resources = new ResourceText();
  readonly #exposures = new RowIds();
  readonly #runs = new Runs();
  #groupOf = new Int32Array(0);
  readonly #createdAt = new Times();

  /** Room for all that there is, at once: arrays that grow leave holes in memory. What is not written to takes none. */
  constructor(connection: Connection, cohorts: CohortTable) {
    this.#connection = connection;
    this.groups = new TallyGroups(connection, cohorts);
    this.#makeRoom(connection.get<{ n: number | null }>('SELECT max(id) AS n FROM exposure')?.n ?? 0);
  }

  content(): TallyContent {
    const { length } = this.#exposures;
    return {
      groups: this.groups,
      exposures: this.#exposures,
      resources: this.#resources,
      groupOf: this.#groupOf.subarray(0, length),
      createdAt: this.#createdAt,
      runs: this.#runs,
    };
  }

  /** Reads up to so many exposures that came after those that are here; how many. */
  add(limit: number): number {
    const after = this.#exposures.last;
    const sql = 'SELECT max(id) AS last FROM (SELECT id FROM exposure WHERE id > ? ORDER BY id LIMIT ?)';
    const last = this.#connection.get<{ last: number | null }>(sql, after, limit)?.last;
    if (last === undefined || last === null) return 0;
    const { ids, cohorts, lengths, text } = readExposures(this.#connection, between(after, last));
    const read = this.#readFindings(between(after, last), ids, cohorts);
    this.#makeRoom(this.#exposures.length + ids.length);
    let at = 0;
    ids.forEach((id, index) => {
      this.#resources.add(text, at, (at += lengths[index] ?? 0));
      this.#groupOf[this.#exposures.length] = ~Runs.EMPTY;
      this.#put(this.#exposures.length, read, index);
      this.#exposures.push(id);
    });
    return ids.length;
  }

  /** Reads these exposures again. Those that are not here are left to `add`. */
  replace(wanted: readonly number[]): void {
    const { ids, cohorts } = readExposures(this.#connection, these(wanted));
    const read = this.#readFindings(these(wanted), ids, cohorts);
    const found = new Map(Array.from(ids, (id, index) => [id, index]));
    for (const id of wanted) {
      const place = this.#exposures.placeOf(id);
      const index = found.get(id);
      if (place !== undefined) {
        this.#discount(place);
        this.#put(place, read, index);
      } else if (index !== undefined) this.#forget(read, index);
    }
  }

  /** The findings of the exposures in the order of these; each counts in its group. */
  #readFindings(choice: Choice, ids: Float64Array, cohorts: Float64Array): Read {
    this.groups.learnFacts();
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
          member === undefined ? this.groups.ofLone(cohort, own) : this.groups.ofMember(cohort, member, own);
        this.groups.change(group, 1);
        groups[finding] = group;
      }
    });
    return { groups, createdAt, ends };
  }

  /** Puts what was read at `index` (undefined: nothing is left) in the place of an exposure. */
  #put(place: number, { groups, createdAt, ends }: Read, index: number | undefined): void {
    const from = index === undefined ? 0 : (ends[index - 1] ?? 0);
    const to = index === undefined ? 0 : (ends[index] ?? 0);
    const before = this.#groupOf[place] ?? 0;
    if (to - from === 1) {
      if (before < 0) this.#runs.leave(~before);
      const group = groups[from] ?? 0;
      this.#groupOf[place] = group;
      this.groups.changeLone(group, 1);
      this.#createdAt.set(place, createdAt[from] ?? 0);
      return;
    }
    const times = createdAt.subarray(from, to);
    const run = this.#runs.put(before < 0 ? ~before : Runs.EMPTY, groups.subarray(from, to), times);
    this.#groupOf[place] = ~run;
    this.#createdAt.set(
      place,
      times.reduce((oldest, at) => Math.min(oldest, at), Infinity),
    );
  }

  /** What an exposure has counts no longer in its groups. */
  #discount(place: number): void {
    const group = this.#groupOf[place] ?? 0;
    if (group >= 0) {
      this.groups.change(group, -1);
      this.groups.changeLone(group, -1);
      return;
    }
    const end = this.#runs.endOf(~group);
    for (let finding = ~group + 1; finding < end; finding++)
      this.groups.change(this.#runs.groups[finding] ?? 0, -1);
  }

  #forget({ groups, ends }: Read, index: number): void {
    for (const group of groups.subarray(ends[index - 1] ?? 0, ends[index])) this.groups.change(group, -1);
  }

  #makeRoom(exposures: number): void {
    this.#groupOf = grown(this.#groupOf, exposures);
    this.#createdAt.makeRoom(exposures);
  }
}
