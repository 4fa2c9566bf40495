import type { Expr, FilterContext } from '../domain/filter/ast.ts';
import type { ListQuery, Sort } from '../domain/listing.ts';
import { BandRows } from './band-rows.ts';
import { type Band, toBands } from './bands.ts';
import type { CohortTable } from './cohort-table.ts';
import { type Sql, toSql } from './filter-node.ts';
import { compileFilter, type FilterParts } from './filter-sql.ts';
import { Selection } from './selection.ts';

/** A query made ready: what it selects, and in which order. */
export interface PreparedList {
  readonly selection: Selection;
  readonly bands: readonly Band[];
  readonly rows: BandRows;
}

const termsOf = (expr: Expr): Expr[] => {
  if (expr.kind === 'and' || expr.kind === 'or') return expr.items.flatMap(termsOf);
  return expr.kind === 'not' ? termsOf(expr.item) : [expr];
};

/** What of the context the filter looks at. The clock goes on between two questions; most filters do not ask it. */
function contextKey(expr: Expr, context: FilterContext): string {
  const terms = termsOf(expr);
  const has = (test: (term: Expr) => boolean): boolean => terms.some(test);
  return JSON.stringify([
    has((term) => term.kind === 'moment') ? context.now : 0,
    has((term) => term.kind === 'flag' && term.key === 'new') ? context.lastVisitAt : 0,
    has((term) => term.kind === 'flag' && term.key === 'marked') ? [...context.marked] : 0,
  ]);
}

/** Prepares queries, and keeps the last one: a count, a window and a place are asked of the same filter in a row. */
export class ListPreparer {
  readonly #parts: FilterParts;
  readonly #cohorts: CohortTable;
  #selected: { readonly key: string; readonly selection: Selection } | undefined;
  #prepared: { readonly key: string; readonly list: PreparedList } | undefined;

  constructor(parts: FilterParts, cohorts: CohortTable) {
    this.#parts = parts;
    this.#cohorts = cohorts;
  }

  select(query: ListQuery): Selection {
    const key = this.keyOf(query);
    if (this.#selected?.key !== key) {
      const node = compileFilter(query.filter, query.context, this.#parts);
      this.#selected = { key, selection: new Selection(this.#parts.connection, node, this.#cohorts.all()) };
    }
    return this.#selected.selection;
  }

  /** Whether the filter was asked before, and nothing was written since. */
  isSelected(query: ListQuery): boolean {
    return this.#selected?.key === this.keyOf(query);
  }

  /** The filter over a finding's row, without asking what it means for the list. */
  predicateOf({ filter, context }: ListQuery): Sql {
    return toSql(compileFilter(filter, context, this.#parts));
  }

  /** What is asked, of which state of the store. */
  keyOf({ filter, context }: ListQuery): string {
    return [this.#cohorts.version(), contextKey(filter, context), JSON.stringify(filter)].join('\n');
  }

  prepare(query: ListQuery): PreparedList {
    const selection = this.select(query);
    const key = `${this.#selected?.key}\n${query.sort.key} ${query.sort.descending}`;
    if (this.#prepared?.key !== key) {
      const bands = toBands(selection.shares(), query.sort, this.#parts);
      this.#prepared = { key, list: { selection, bands, rows: this.#rows(selection, query.sort) } };
    }
    return this.#prepared.list;
  }

  #rows(selection: Selection, sort: Sort): BandRows {
    const ofRisk = new Map<number, number>();
    let all = 0;
    for (const { risk, exposures } of this.#cohorts.all()) {
      ofRisk.set(risk, (ofRisk.get(risk) ?? 0) + exposures);
      all += exposures;
    }
    return new BandRows(this.#parts.connection, selection, sort, (risk) =>
      risk === undefined ? all : (ofRisk.get(risk) ?? 0),
    );
  }
}
