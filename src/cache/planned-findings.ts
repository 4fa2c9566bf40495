import type { ListQuery } from '../domain/listing.ts';
import type { PlannedFindings } from '../domain/planned-findings.ts';
import { statusOfCode } from './codes.ts';
import type { ReadParts } from './exposure-rows-read.ts';
import type { Sql } from './filter-node.ts';
import type { MemoryLists } from './memory/memory-lists.ts';
import type { ListPreparer } from './prepared-list.ts';
import { DETAIL_JOIN, joinsOf } from './stored-finding.ts';

interface Row {
  readonly key: string;
  readonly id: string;
  readonly analyzer: number;
  readonly status: number;
  readonly resource: string | null;
}

const LIST = '(SELECT value FROM json_each(?))';

/** The findings of some exposures that a filter shows, with no more of each than a plan asks for. */
export class PlannedFindingsReader {
  readonly #parts: ReadParts;
  readonly #lists: ListPreparer;
  readonly #memory: MemoryLists;

  constructor(parts: ReadParts, lists: ListPreparer, memory: MemoryLists) {
    this.#parts = parts;
    this.#lists = lists;
    this.#memory = memory;
  }

  read(query: ListQuery, exposureIds: readonly string[]): PlannedFindings {
    const wanted = new Set(exposureIds);
    const rows = this.#read(query, exposureIds).filter(({ key }) => wanted.has(key));
    const analyzers = [...new Set(rows.map(({ analyzer }) => analyzer))];
    const places = new Map(analyzers.map((id, place) => [id, place]));
    return {
      analyzers: analyzers.map((id) => {
        const { profile, region, arn } = this.#parts.analyzers.rowOf(id);
        return { profile, region, analyzerArn: arn };
      }),
      analyzerOf: Uint32Array.from(rows, ({ analyzer }) => places.get(analyzer) ?? 0),
      ids: rows.map(({ id }) => id),
      exposureIds: rows.map(({ key }) => key),
      statuses: rows.map(({ status }) => statusOfCode(status)),
      publicResources: new Map(
        rows.flatMap(({ resource }, place) => (resource === null ? [] : [[place, resource] as const])),
      ),
    };
  }

  #read(query: ListQuery, exposureIds: readonly string[]): readonly Row[] {
    const { sql, values } = this.#lists.predicateOf(query);
    const chosen = this.#choose(query, exposureIds);
    return this.#parts.connection.once<Row>(
      `SELECT e.key, f.aws_id AS id, f.analyzer, f.status, CASE WHEN x.public = 1 THEN e.resource END AS resource
        FROM (${chosen.sql}) chosen CROSS JOIN exposure e ON e.id = chosen.id
          CROSS JOIN finding f INDEXED BY finding_of_exposure ON f.exposure = e.id ${joinsOf(`x. ${sql}`)} ${DETAIL_JOIN}
        WHERE f.gone_at IS NULL AND (${sql})`,
      [...chosen.values, ...values],
    );
  }

  /** Row ids. Where memory says what the filter shows, and most of it is wanted, no key need be looked up. */
  #choose(query: ListQuery, exposureIds: readonly string[]): Sql {
    const list = this.#memory.find(query, this.#lists.keyOf(query))?.list;
    if (list !== undefined && list.counts.exposures <= 2 * exposureIds.length)
      return { sql: `SELECT value AS id FROM json_each(?)`, values: [JSON.stringify(list.allIds())] };
    return { sql: `SELECT id FROM exposure WHERE key IN ${LIST}`, values: [JSON.stringify(exposureIds)] };
  }
}
