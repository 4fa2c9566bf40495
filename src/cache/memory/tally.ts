import type { Finding } from '../../domain/finding.ts';
import { statusOfCode, typeOfCode } from '../codes.ts';
import type { CohortTable } from '../cohort-table.ts';
import { changedSince, lastChange } from '../exposure-changes.ts';
import type { FactsTable } from '../facts.ts';
import type { AccessFacts } from '../facts-text.ts';
import type { Names } from '../names.ts';
import type { Connection } from '../sqlite.ts';
import { TallyColumns, type TallyContent } from './tally-columns.ts';

export type { TallyContent };

interface TallyParts {
  readonly connection: Connection;
  readonly names: Names;
  readonly facts: FactsTable;
}

/** Exposures read in one go when the whole is asked for. */
const SLICE = 20_000;

/** What filters and archive rules ask of all findings, in memory and kept up with what is written. */
export class Tally {
  readonly #parts: TallyParts;
  readonly #cohorts: CohortTable;
  #columns: TallyColumns | undefined;
  #content: TallyContent | undefined;
  /** The store's, when all of it was here; empty: it never was. */
  #version = '';
  /** Changes up to this one are in. */
  #lastChange = 0;

  constructor(parts: TallyParts, cohorts: CohortTable) {
    this.#parts = parts;
    this.#cohorts = cohorts;
  }

  /** As the store is now. The same object as long as nothing was written. */
  content(): TallyContent {
    let content = this.#contentWithin(SLICE);
    while (content === undefined) content = this.#contentWithin(SLICE);
    return content;
  }

  /** The same where it is kept already, unless more than so many exposures would have to be read for it. */
  contentIfKept(limit: number): TallyContent | undefined {
    return this.#version === '' ? undefined : this.#contentWithin(limit);
  }

  #contentWithin(limit: number): TallyContent | undefined {
    if (this.advance(limit) >= limit) return undefined;
    this.#content ??= this.#columns?.content();
    return this.#content;
  }

  /** Reads up to so many exposures that are new or have changed; how many. Fewer than that: it is up to date. */
  advance(limit: number): number {
    if (this.#content !== undefined && this.#cohorts.version() === this.#version) return 0;
    this.#content = undefined;
    return this.#parts.connection.snapshot(() => this.#advance(limit));
  }

  #advance(limit: number): number {
    const { connection } = this.#parts;
    if (this.#columns === undefined) {
      this.#columns = new TallyColumns(connection, this.#cohorts);
      this.#lastChange = lastChange(connection);
    }
    const added = this.#columns.add(limit);
    if (added >= limit) return added;
    const last = lastChange(connection);
    const changed = changedSince(connection, this.#lastChange);
    if (changed === undefined) {
      this.#columns = undefined;
      this.#version = '';
      return limit;
    }
    if (changed.length > 0) this.#columns.replace(changed);
    this.#lastChange = last;
    this.#version = this.#cohorts.version();
    return added;
  }

  accessOf(group: number): AccessFacts {
    return this.#parts.facts.bodyOf(this.#columns?.groups.factsOf[group] ?? 0);
  }

  /** What a group's findings have in common; without resource, id and times. */
  factsOf(group: number): Partial<Finding> {
    const kind = this.#columns?.groups.kind(group);
    if (kind === undefined) return {};
    return {
      ...this.accessOf(group),
      findingType: typeOfCode(kind.type),
      resourceType: this.#parts.names.textOf(kind.resourceType),
      status: statusOfCode(kind.status),
      resourceOwnerAccount: this.#parts.names.textOf(kind.account),
    };
  }
}
