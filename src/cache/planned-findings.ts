import {
  EXPOSURE_ID_LENGTH,
  packedExposureIdAt,
  type PackedExposureIds,
  packExposureIds,
  unpackExposureIds,
} from '../domain/exposure.ts';
import { FINDING_STATUSES } from '../domain/finding.ts';
import type { ListQuery } from '../domain/listing.ts';
import type { PlannedFindings } from '../domain/planned-findings.ts';
import { statusOfCode } from './codes.ts';
import type { ReadParts } from './exposure-rows-read.ts';
import type { Sql } from './filter-node.ts';
import { besides } from './look-up.ts';
import type { MemoryLists } from './memory/memory-lists.ts';
import { parseNumbers } from './number-list.ts';
import type { ListPreparer } from './prepared-list.ts';

/** What is read of the findings: texts come over from SQLite in a fraction of the time that as many rows take. */
interface Columns {
  /** JSON arrays. */
  readonly ids: string;
  readonly publicResources: string;
  readonly exposureIds: string | null;
  /** Of each its analyzer's row, its status and whether it is public, as one number: it takes a third of the time of three. */
  readonly kinds: string | null;
}

const PUBLIC_BITS = 1;
const STATUS_BITS = 4;
const [IS_PUBLIC, STATUS] = [2 ** PUBLIC_BITS - 1, 2 ** STATUS_BITS - 1];

const COLUMNS = `json_group_array(id) AS ids, json_group_array(resource) FILTER (WHERE public = 1) AS publicResources,
  group_concat(key, '') AS exposureIds,
  group_concat((analyzer << ${STATUS_BITS + PUBLIC_BITS}) | (status << ${PUBLIC_BITS}) | public) AS kinds`;

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

  read(query: ListQuery, exposureIds: PackedExposureIds): PlannedFindings {
    const columns = this.#readShown(query, exposureIds) ?? this.#readByKey(query, exposureIds);
    const kinds = parseNumbers(columns.kinds);
    const places = new Map([...new Set(kinds.map(analyzerOf))].map((id, place) => [id, place]));
    return {
      analyzers: [...places.keys()].map((id) => {
        const { profile, region, arn } = this.#parts.analyzers.rowOf(id);
        return { profile, region, analyzerArn: arn };
      }),
      analyzerOf: Uint32Array.from(kinds.map((kind) => places.get(analyzerOf(kind)) ?? 0)),
      statusOf: Uint8Array.from(
        kinds.map((kind) => FINDING_STATUSES.indexOf(statusOfCode((kind >> PUBLIC_BITS) & STATUS))),
      ),
      ids: columns.ids,
      exposureIds: columns.exposureIds ?? '',
      publicResources: publicResourcesOf(kinds, columns.publicResources),
    };
  }

  /**
   * Most often all that the filter shows is marked at once: then memory knows the rows behind each other, and no key need
   * be looked up. undefined: it is not so.
   */
  #readShown(query: ListQuery, exposureIds: PackedExposureIds): Columns | undefined {
    const list = this.#memory.find(query, this.#lists.keyOf(query))?.list;
    const sql = 'SELECT id FROM exposure WHERE key = ?';
    const first = this.#parts.connection.get<{ id: number }>(sql, packedExposureIdAt(exposureIds, 0));
    if (list === undefined || first === undefined) return undefined;
    const rows = list.idsFrom(first.id, exposureIds.length / EXPOSURE_ID_LENGTH);
    const chosen = { sql: 'SELECT value AS id FROM json_each(?)', values: [JSON.stringify(rows)] };
    const columns = this.#read(query, chosen);
    return areOf(exposureIds, columns.exposureIds ?? '') ? columns : undefined;
  }

  #readByKey(query: ListQuery, exposureIds: PackedExposureIds): Columns {
    const keys = JSON.stringify(unpackExposureIds(exposureIds));
    const sql = 'SELECT id FROM exposure WHERE key IN (SELECT value FROM json_each(?))';
    return this.#read(query, { sql, values: [keys] });
  }

  #read(query: ListQuery, chosen: Sql): Columns {
    const { sql, values } = this.#lists.predicateOf(query);
    const [columns] = this.#parts.connection.once<Columns>(
      `SELECT ${COLUMNS} FROM
        (SELECT f.aws_id AS id, e.resource, e.key, f.analyzer, f.status, x.public
          FROM (${chosen.sql}) chosen CROSS JOIN exposure e ON e.id = chosen.id
            CROSS JOIN finding f INDEXED BY finding_of_exposure ON f.exposure = e.id ${besides(`x. ${sql}`)}
          WHERE f.gone_at IS NULL AND (${sql}))`,
      [...chosen.values, ...values],
    );
    if (columns === undefined) throw new Error('An aggregate has a row.');
    return columns;
  }
}

const analyzerOf = (kind: number): number => Math.floor(kind / 2 ** (STATUS_BITS + PUBLIC_BITS));

/** Whether findings are those of these exposures and no others: the findings of an exposure stand behind each other. */
function areOf(exposureIds: PackedExposureIds, ofFindings: PackedExposureIds): boolean {
  if (ofFindings === exposureIds) return true;
  const kept: string[] = [];
  for (const id of unpackExposureIds(ofFindings)) if (id !== kept.at(-1)) kept.push(id);
  return packExposureIds(kept) === exposureIds;
}

function publicResourcesOf(kinds: Float64Array, publicResources: string): ReadonlyMap<number, string> {
  const resources = JSON.parse(publicResources) as readonly string[];
  const places: number[] = [];
  kinds.forEach((kind, place) => {
    if ((kind & IS_PUBLIC) === 1) places.push(place);
  });
  return new Map(places.map((place, at) => [place, resources[at] ?? '']));
}
