import { gatherHandArchived } from '../domain/rules/hand-archived.ts';
import { suggestRules } from '../domain/rules/suggest.ts';
import { Analyzers } from './analyzers.ts';
import { Cohorts } from './cohorts.ts';
import { CohortTable } from './cohort-table.ts';
import { CriteriaValues } from './memory/criteria-values.ts';
import { loadDecision, loadFixedMarks, saveDecision, setFixedMark } from './decisions.ts';
import { isReplaced, type StoreFile } from './damage-marker.ts';
import { DryRunReader } from './memory/dry-run.ts';
import { ExposureRows } from './exposure-rows.ts';
import { FactsTable } from './facts.ts';
import { FindingStream } from './finding-stream.ts';
import { FindingWriter } from './finding-writer.ts';
import { GoneMarker } from './gone.ts';
import { Journal } from './journal.ts';
import { ListReader } from './list-reader.ts';
import { MemoryLists } from './memory/memory-lists.ts';
import { Lookups } from './lookups.ts';
import { Names } from './names.ts';
import { PageBuffer } from './page-buffer.ts';
import { PlannedFindingsReader } from './planned-findings.ts';
import { ListPreparer } from './prepared-list.ts';
import { rescore } from './rescore.ts';
import { RuleFactsReader } from './memory/rule-facts.ts';
import { RuleWindowReader } from './memory/rule-window.ts';
import { SearchIndex } from './search-index.ts';
import { guarded, guardedRows } from './sqlite-problem.ts';
import type { Connection } from './sqlite.ts';
import { loadNumber, loadState, setState } from './state.ts';
import type { Store, StoreReads, StoreWrites } from './store.ts';
import { SyncWrites } from './sync-writes.ts';
import { Tally } from './memory/tally.ts';
import { ValueCounts } from './value-counts.ts';
import { WriteLock } from './write-lock.ts';

export interface CreateOptions {
  readonly file: StoreFile;
  readonly notices: readonly string[];
  readonly knownAccounts: ReadonlySet<string>;
}

/** The rooms of the store, each with what it needs of the others. */
function createRooms(connection: Connection, options: CreateOptions) {
  let { knownAccounts } = options;
  const names = new Names(connection);
  const analyzers = new Analyzers(connection);
  const facts = new FactsTable(connection, names);
  const cohorts = new Cohorts(connection);
  const exposures = new ExposureRows(connection, cohorts);
  const gone = new GoneMarker(connection, exposures, cohorts);
  const writer = new FindingWriter({
    connection,
    names,
    analyzers,
    facts,
    cohorts,
    exposures,
    knownAccounts: () => knownAccounts,
  });
  const lock = new WriteLock(connection, [names, analyzers, facts, cohorts]);
  const pages = new PageBuffer((work) => guarded(options.file, () => lock.write(work)));
  const write = <T>(work: () => T): T =>
    guarded(options.file, () => {
      pages.flush();
      return lock.write(work);
    });
  const table = new CohortTable(connection);
  const search = new SearchIndex(connection);
  const parts = { connection, names, analyzers, facts, cohorts, search };
  const tally = new Tally(parts, table);
  const setKnownAccounts = (accounts: ReadonlySet<string>): void => {
    knownAccounts = accounts;
    facts.forget();
    write(() => rescore({ connection, exposures, cohorts }, accounts));
  };
  return {
    write,
    pages,
    setKnownAccounts,
    table,
    search,
    tally,
    journal: new Journal(connection),
    sync: new SyncWrites({ connection, analyzers, names, facts, cohorts, writer, gone, write, pages }),
    ...createListReads(parts, table, tally),
    lookups: new Lookups(parts, table),
    ...createRuleReads(parts, tally),
    values: new ValueCounts(parts, table),
  };
}

type ListParts = ConstructorParameters<typeof ListPreparer>[0] & ConstructorParameters<typeof ListReader>[0];

/** What answers to a filter, from the disk or from memory. */
function createListReads(parts: ListParts, table: CohortTable, tally: Tally) {
  const lists = new ListPreparer(parts, table);
  const memory = new MemoryLists(parts, table, tally);
  return {
    memory,
    list: new ListReader(parts, lists, memory),
    planned: new PlannedFindingsReader(parts, lists, memory),
    stream: new FindingStream(parts, lists),
  };
}

type RuleParts = ConstructorParameters<typeof RuleWindowReader>[0];

/** Questions to one tally of the findings. */
function createRuleReads(parts: RuleParts, tally: Tally) {
  return {
    ruleFacts: new RuleFactsReader(parts.analyzers, tally),
    dryRuns: new DryRunReader(parts.analyzers, tally),
    ruleWindows: new RuleWindowReader(parts, tally),
    criteriaValues: new CriteriaValues(parts, tally),
  };
}

type Rooms = ReturnType<typeof createRooms>;

function createReads(connection: Connection, rooms: Rooms): StoreReads {
  const { list, planned, lookups, tally, values, journal } = rooms;
  const { ruleFacts, dryRuns, ruleWindows, criteriaValues } = rooms;
  return {
    counts: (query) => list.counts(query),
    around: (query, place) => connection.snapshot(() => list.around(query, place)),
    window: (query, offset, limit) => list.window(query, offset, limit),
    indexOf: (query, exposureId) => list.indexOf(query, exposureId),
    exposureIds: (query) => list.exposureIds(query),
    exposure: (exposureId) => lookups.exposure(exposureId),
    successors: (ids) => lookups.successors(ids),
    history: (exposureId) => journal.entriesAbout(exposureId, lookups.findingIds(exposureId)),
    plannedFindings: (query, ids) => planned.read(query, ids),
    missingDetails: (ids) => lookups.missingDetails(ids),
    finding: (ref) => lookups.finding(ref),
    withoutDetail: (types, most) => lookups.withoutDetail(types, most),
    findById: (text, limit) => lookups.findById(text, limit),
    values: (key, prefix, limit) => values.values(key, prefix, limit),
    summary: () => lookups.summary(),
    archiveRules: () => lookups.archiveRules(),
    readAhead: (limit) => tally.advance(limit),
    ruleFacts: (rules) => ruleFacts.facts(rules),
    suggestions: (rules) => suggestRules(gatherHandArchived(journal, lookups), rules),
    dryRun: (criteria, options) => dryRuns.dryRun(criteria, options),
    ruleWindow: (criteria, options) => ruleWindows.window(criteria, options),
    criteriaValues: (question) => criteriaValues.values(question),
    decision: (exposureId) => loadDecision(connection, exposureId),
    fixedMarks: () => loadFixedMarks(connection),
    lastVisit: () => loadNumber(connection, 'lastVisit') ?? 0,
    state: (key) => loadState(connection, `kept ${key}`),
    entry: (id) => journal.entry(id),
    entries: (options) => journal.entries(options),
    openEntries: () => journal.openEntries(),
    operationCount: (of) => journal.operationCount(of),
  };
}

function createWrites(
  connection: Connection,
  { sync, journal, write, setKnownAccounts }: Rooms,
): StoreWrites {
  return {
    beginPass: (pass) => sync.beginPass(pass),
    interruptedPass: (profile, arn) => sync.interruptedPass(profile, arn),
    lastPass: (profile, arn) => sync.lastPass(profile, arn),
    saveAnalyzers: (target, analyzers) => sync.saveAnalyzers(target, analyzers),
    saveRegionOutcome: (outcome) => sync.saveRegionOutcome(outcome),
    saveFirstOutcomes: (outcomes) => sync.saveFirstOutcomes(outcomes),
    saveArchiveRules: (arn, profile, rules) => sync.saveArchiveRules(arn, profile, rules),
    dropAnalyzer: (scope, at, limit) => sync.dropAnalyzer(scope, at, limit),
    dropMissingAnalyzers: (target, present, at) => sync.dropMissingAnalyzers(target, present, at),
    saveDetail: (ref, updatedAt, detail) => sync.saveDetail(ref, updatedAt, detail),
    saveFinding: (finding, seenAt) => sync.saveFinding(finding, seenAt),
    markGone: (ref, at) => sync.markGone(ref, at),
    finishSync: (at) => sync.finishSync(at),
    saveDecisions: (decisions) =>
      connection.durable(() => decisions.forEach((decision) => saveDecision(connection, decision))),
    setFixedMark: (exposureId, at) => write(() => setFixedMark(connection, exposureId, at)),
    setLastVisit: (at) => write(() => setState(connection, 'lastVisit', at)),
    setState: (key, value) => write(() => setState(connection, `kept ${key}`, value)),
    openEntry: (plan, at, by) => journal.openEntry(plan, at, by),
    setOperation: (entryId, index, change) => journal.setOperation(entryId, index, change),
    closeEntry: (entryId, state, at) => journal.closeEntry(entryId, state, at),
    setUndone: (entryId, by, at) => journal.setUndone(entryId, by, at),
    setKnownAccounts,
  };
}

/** Every method of a record: pages that wait are written first, and what SQLite throws comes out as a ProblemError. */
function guardAll<Record extends object>(record: Record, file: StoreFile, { pages }: Rooms): Record {
  const methods = Object.entries(record) as [string, (...args: unknown[]) => unknown][];
  const wrapped = methods.map(([name, method]) => [
    name,
    (...args: unknown[]) =>
      guarded(file, () => {
        pages.flush();
        return method(...args);
      }),
  ]);
  return Object.fromEntries(wrapped) as Record;
}

/** A store over a connection whose schema is up to date. */
export function createStore(connection: Connection, options: CreateOptions): Store {
  const { file, notices, knownAccounts } = options;
  const rooms = createRooms(connection, options);
  if (knownAccounts.size > 0) rooms.setKnownAccounts(knownAccounts);
  return {
    path: file.path,
    notices,
    ...guardAll(createReads(connection, rooms), file, rooms),
    ...guardAll(createWrites(connection, rooms), file, rooms),
    findingsOf: (query, streamOptions) => {
      rooms.pages.flush();
      return guardedRows(file, rooms.stream.findingsOf(query, streamOptions));
    },
    prepareList: () => guarded(file, () => rooms.memory.prepare()),
    advanceSearchIndex: (limit) => guarded(file, () => rooms.search.advance(limit)),
    version: () => rooms.table.version(),
    close: () => {
      try {
        if (!isReplaced(file)) rooms.pages.flush();
      } finally {
        connection.close();
      }
    },
  };
}
