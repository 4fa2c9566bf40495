import {
  EXPOSURE_ID_LENGTH,
  packedExposureIdAt,
  type PackedExposureIds,
  unpackExposureIds,
} from '../domain/exposure.ts';
import { FINDING_STATUSES } from '../domain/finding.ts';
import type { ListQuery } from '../domain/listing.ts';
import type { PlannedFindings } from '../domain/planned-findings.ts';
import { statusOfCode } from './codes.ts';
import type { ReadParts } from './exposure-rows-read.ts';
import type { Sql } from './filter-node.ts';
import { besides } from './look-up.ts';
import type { MemoryList } from './memory/memory-list.ts';
import type { MemoryLists } from './memory/memory-lists.ts';
import { parseNumbers } from './number-list.ts';
import type { ListPreparer } from './prepared-list.ts';

/** What a plan asks of the findings that have a kind. */
interface Kind {
  /** Its row. */
  readonly analyzer: number;
  /** A code. */
  readonly status: number;
  readonly public: number;
}

/** Findings behind each other, in columns. */
interface Columns {
  /** A JSON array. */
  readonly ids: string;
  readonly kinds: readonly Kind[];
  /** Places of their exposures among those that were asked for. */
  readonly places: readonly number[];
  /** Of the public ones. */
  readonly resources: readonly string[];
}

/** Texts come over from SQLite in a fraction of the time that as many rows take. */
interface Texts {
  /** JSON arrays. */
  readonly ids: string;
  readonly publicResources: string;
  readonly places: string | null;
  /** Analyzer, status and whether it is public, as one number: it takes a third of the time of three. */
  readonly kinds: string | null;
}

const PUBLIC_BITS = 1;
const STATUS_BITS = 4;
const [IS_PUBLIC, STATUS] = [2 ** PUBLIC_BITS - 1, 2 ** STATUS_BITS - 1];

const TEXTS = `json_group_array(id) AS ids, json_group_array(resource) FILTER (WHERE public = 1) AS publicResources,
  group_concat(place) AS places,
  group_concat((analyzer << ${STATUS_BITS + PUBLIC_BITS}) | (status << ${PUBLIC_BITS}) | public) AS kinds`;

/** Rows of exposures as SQL has them: their `place` behind each other, and their `id`. */
const ROWS = 'SELECT key AS place, value AS id FROM json_each(?)';

const OF_EXPOSURE = 'CROSS JOIN finding f INDEXED BY finding_of_exposure ON f.exposure =';

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
    // What memory says of findings and their ids on the disk must be of the same moment.
    return this.#parts.connection.snapshot(() =>
      this.#pack(this.#readShown(query, exposureIds) ?? this.#readByKey(query, exposureIds)),
    );
  }

  #pack({ ids, kinds, places, resources }: Columns): PlannedFindings {
    const analyzers = new Map<number, number>();
    const analyzerOf = new Uint32Array(kinds.length);
    const statusOf = new Uint8Array(kinds.length);
    const publicResources = new Map<number, string>();
    kinds.forEach(({ analyzer, status, public: isPublic }, place) => {
      let at = analyzers.get(analyzer);
      if (at === undefined) analyzers.set(analyzer, (at = analyzers.size));
      analyzerOf[place] = at;
      statusOf[place] = FINDING_STATUSES.indexOf(statusOfCode(status));
      if (isPublic === 1) publicResources.set(place, resources[publicResources.size] ?? '');
    });
    return {
      analyzers: [...analyzers.keys()].map((id) => {
        const { profile, region, arn } = this.#parts.analyzers.rowOf(id);
        return { profile, region, analyzerArn: arn };
      }),
      analyzerOf,
      statusOf,
      exposureOf: Uint32Array.from(places),
      ids,
      publicResources,
    };
  }

  /**
   * Most often all that the filter shows is marked at once: then memory knows their rows, and what most of their findings
   * are. undefined: it is not so.
   */
  #readShown(query: ListQuery, exposureIds: PackedExposureIds): Columns | undefined {
    const { connection } = this.#parts;
    const found = this.#memory.find(query, this.#lists.keyOf(query));
    const sql = 'SELECT id FROM exposure WHERE key = ?';
    const first = connection.get<{ id: number }>(sql, packedExposureIdAt(exposureIds, 0));
    if (found?.list === undefined || first === undefined) return undefined;
    const rows = found.list.idsFrom(first.id, exposureIds.length / EXPOSURE_ID_LENGTH);
    const keys = connection.get<{ all: string | null }>(
      `SELECT group_concat(e.key, '') AS "all" FROM (${ROWS}) chosen CROSS JOIN exposure e ON e.id = chosen.id`,
      JSON.stringify(rows),
    );
    return keys?.all === exposureIds ? this.#readRows(rows, found.list, found.predicate) : undefined;
  }

  /** Of an exposure's only finding memory says all but its id; the others are looked at on the disk. */
  #readRows(rows: readonly number[], list: MemoryList, predicate: Sql): Columns {
    const [kinds, places, several]: [Kind[], number[], number[]] = [[], [], []];
    rows.forEach((row, place) => {
      const kind = list.kindOfLone(row);
      if (kind === undefined) return void several.push(place);
      kinds.push(kind);
      places.push(place);
    });
    const loneRows = places.map((place) => rows[place] ?? 0);
    const lone = this.#readLone(loneRows, kinds);
    const severalRows = several.map((place) => rows[place] ?? 0);
    const others = this.#read(predicate, { sql: ROWS, values: [JSON.stringify(severalRows)] });
    return {
      ids: joinArrays(lone.ids, others.ids),
      kinds: [...kinds, ...others.kinds],
      places: [...places, ...others.places.map((place) => several[place] ?? 0)],
      resources: [...lone.resources, ...others.resources],
    };
  }

  #readLone(rows: readonly number[], kinds: readonly Kind[]): Pick<Columns, 'ids' | 'resources'> {
    const { connection } = this.#parts;
    const found = connection.get<{ ids: string; n: number }>(
      `SELECT json_group_array(f.aws_id) AS ids, count(*) AS n
        FROM (${ROWS}) chosen ${OF_EXPOSURE} chosen.id WHERE f.gone_at IS NULL`,
      JSON.stringify(rows),
    );
    if (found?.n !== rows.length) throw new Error('Memory and the store disagree about findings.');
    const named = connection.get<{ resources: string }>(
      `SELECT json_group_array(e.resource) AS resources
        FROM (${ROWS}) chosen CROSS JOIN exposure e ON e.id = chosen.id`,
      JSON.stringify(rows.filter((_, at) => kinds[at]?.public === 1)),
    );
    return { ids: found.ids, resources: JSON.parse(named?.resources ?? '[]') as readonly string[] };
  }

  #readByKey(query: ListQuery, exposureIds: PackedExposureIds): Columns {
    const sql = `SELECT asked.key AS place, e.id FROM json_each(?) asked CROSS JOIN exposure e ON e.key = asked.value`;
    const chosen = { sql, values: [JSON.stringify(unpackExposureIds(exposureIds))] };
    return this.#read(this.#lists.predicateOf(query), chosen);
  }

  /** Findings that are meant, of rows that `chosen` gives with their places. */
  #read({ sql, values }: Sql, chosen: Sql): Columns {
    const [texts] = this.#parts.connection.once<Texts>(
      `SELECT ${TEXTS} FROM
        (SELECT f.aws_id AS id, e.resource, chosen.place, f.analyzer, f.status, x.public
          FROM (${chosen.sql}) chosen CROSS JOIN exposure e ON e.id = chosen.id
            ${OF_EXPOSURE} e.id ${besides(`x. ${sql}`)}
          WHERE f.gone_at IS NULL AND (${sql}))`,
      [...chosen.values, ...values],
    );
    if (texts === undefined) throw new Error('An aggregate has a row.');
    return {
      ids: texts.ids,
      kinds: Array.from(parseNumbers(texts.kinds), toKind),
      places: Array.from(parseNumbers(texts.places)),
      resources: JSON.parse(texts.publicResources) as readonly string[],
    };
  }
}

const toKind = (number: number): Kind => ({
  analyzer: Math.floor(number / 2 ** (STATUS_BITS + PUBLIC_BITS)),
  status: (number >> PUBLIC_BITS) & STATUS,
  public: number & IS_PUBLIC,
});

/** JSON arrays as one. */
const joinArrays = (...arrays: readonly string[]): string =>
  `[${arrays
    .map((array) => array.slice(1, -1))
    .filter((items) => items !== '')
    .join()}]`;
