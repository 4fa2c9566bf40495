import type { ListCounts } from '../../domain/listing.ts';
import { decide, type FilterNode, type MemoryTest, nodesOf, type RowTest } from '../filter-node.ts';
import type { TallyContent } from './tally-columns.ts';
import type { TallyGroups } from './tally-groups.ts';

/** What a filter means of the findings in memory. */
export interface Scan {
  /** Of each exposure of which a finding is meant: its risk and 1. 0 for the others. */
  readonly hits: Uint8Array;
  readonly counts: ListCounts;
  /** Exposures by cohort. */
  readonly ofCohort: ReadonlyMap<number, number>;
}

/** One bit for each row test. */
const MOST_TESTS = 8;

type InMemory = RowTest & { readonly memory: NonNullable<RowTest['memory']> };

const isInMemory = (test: RowTest): test is InMemory => test.memory !== undefined;

/** Times of creation that a test lets through. */
interface Range {
  readonly bit: number;
  readonly from: number;
  readonly until: number;
}

/** Results of the row tests, as bits: of each exposure, of each facts, and of each time. */
interface Results {
  /** With those of its time, where it has a single finding. What the filter says of it takes their place. */
  readonly ofExposure: Uint8Array;
  /** By row of `facts`; of those that passed none it may be shorter. */
  readonly ofFacts: Uint8Array;
  readonly ranges: readonly Range[];
}

/** `false`: a finding is one of several of its exposure, which memory does not tell apart. */
function setRows(
  bits: Uint8Array,
  bit: number,
  { rows, lone }: Extract<MemoryTest, { on: 'exposures' }>,
  content: TallyContent,
): boolean {
  for (const row of rows()) {
    const index = content.exposures.placeOf(row);
    if (index === undefined) continue;
    if (lone && (content.groupOf[index] ?? 0) < 0) return false;
    bits[index] = (bits[index] ?? 0) | bit;
  }
  return true;
}

/** Of exposures with a single finding; of the others it is asked finding by finding. */
function setRange(bits: Uint8Array, { bit, from, until }: Range, { groupOf, createdAt }: TallyContent): void {
  for (let index = 0; index < bits.length; index++) {
    const at = createdAt.at(index);
    if (at >= from && at < until && (groupOf[index] ?? 0) >= 0) bits[index] = (bits[index] ?? 0) | bit;
  }
}

/**
 * Looks at every finding. undefined: the filter asks for something that is not in memory. `spare` is used up: the hits of a
 * scan that nobody looks at any more, for a new megabyte a keystroke would be garbage after the next one.
 */
export function scan(node: FilterNode, content: TallyContent, spare?: Uint8Array): Scan | undefined {
  const tests = nodesOf(node, 'row');
  if (tests.length > MOST_TESTS || !tests.every(isInMemory)) return undefined;
  const { length } = content.exposures;
  const ofExposure = spare?.length === length ? spare.fill(0) : new Uint8Array(length);
  const results = runTests(tests, content, ofExposure);
  return results && look(content, results, verdictsOf(node, tests, content));
}

function runTests(
  tests: readonly InMemory[],
  content: TallyContent,
  ofExposure: Uint8Array,
): Results | undefined {
  const ofFacts = new Uint8Array(mostFacts(tests) + 1);
  const ranges: Range[] = [];
  for (const [at, { memory }] of tests.entries()) {
    const bit = 1 << at;
    switch (memory.on) {
      case 'facts':
        for (const id of memory.ids) ofFacts[id] = (ofFacts[id] ?? 0) | bit;
        break;
      case 'resources':
        memory.mark(content.resources, { bits: ofExposure, bit });
        break;
      case 'exposures':
        if (!setRows(ofExposure, bit, memory, content)) return undefined;
        break;
      case 'created':
        ranges.push({ bit, from: memory.from ?? -Infinity, until: memory.until ?? Infinity });
    }
  }
  for (const range of ranges) setRange(ofExposure, range, content);
  return { ofExposure, ofFacts, ranges };
}

const mostFacts = (tests: readonly InMemory[]): number =>
  tests.reduce(
    (most, { memory }) =>
      memory.on === 'facts' ? memory.ids.reduce((last, id) => Math.max(last, id), most) : most,
    0,
  );

/** What the filter says of a finding. */
const [UNKNOWN, NO, YES] = [0, 1, 2];

/** Of a kind (above `bits`) whose row tests came out so (below): worked out once for all findings that are alike. */
interface Verdicts {
  readonly bits: number;
  readonly known: Uint8Array;
  readonly decide: (key: number) => number;
}

function verdictsOf(node: FilterNode, tests: readonly RowTest[], { groups }: TallyContent): Verdicts {
  const { kinds } = groups;
  const bits = tests.length;
  const known = new Uint8Array(kinds.length << bits);
  const bitOf = new Map(tests.map((test, at) => [test, 1 << at]));
  const decideFor = (key: number): number => {
    const kind = kinds[key >> bits];
    const isMeant = kind && decide(node, kind, (test) => (key & (bitOf.get(test) ?? 0)) !== 0);
    return (known[key] = isMeant === true ? YES : NO);
  };
  return { bits, known, decide: decideFor };
}

/** What is meant, all three by kind: exposures with a single finding, and others with their findings. */
interface Counts {
  readonly lone: Uint32Array;
  readonly several: Uint32Array;
  readonly findingsOfSeveral: Uint32Array;
}

/** Of each group: its kind and results, and the hit of an exposure with a single finding that passed no test of its own. */
interface Groups {
  readonly keys: Int32Array;
  readonly hits: Uint8Array;
}

interface Walk {
  readonly content: TallyContent;
  readonly results: Results;
  readonly verdicts: Verdicts;
  readonly groups: Groups;
  readonly counts: Counts;
  /** Of each kind: its risk and 1. */
  readonly hitOf: Uint8Array;
}

function look(content: TallyContent, results: Results, verdicts: Verdicts): Scan {
  const { kinds } = content.groups;
  const counts = {
    lone: new Uint32Array(kinds.length),
    several: new Uint32Array(kinds.length),
    findingsOfSeveral: new Uint32Array(kinds.length),
  };
  const hitOf = Uint8Array.from(kinds, ({ risk }) => risk + 1);
  const groups = {
    keys: new Int32Array(content.groups.length),
    hits: new Uint8Array(content.groups.length),
  };
  const walk: Walk = { content, results, verdicts, groups, counts, hitOf };
  walkGroups(walk);
  walkExposures(walk);
  return { hits: results.ofExposure, ...sum(counts, content) };
}

/** Counts what groups say of their exposures as if none had passed a test of its own: most have not. */
function walkGroups({ content, results, verdicts, groups, counts, hitOf }: Walk): void {
  const { kindOf, factsOf, lone } = content.groups;
  const { keys, hits } = groups;
  const { bits, known, decide: decideFor } = verdicts;
  const { ofFacts } = results;
  for (let group = 0; group < keys.length; group++) {
    const kind = kindOf[group] ?? 0;
    const key = (kind << bits) | (ofFacts[factsOf[group] ?? 0] ?? 0);
    keys[group] = key;
    const verdict = known[key] === UNKNOWN ? decideFor(key) : known[key];
    if (verdict !== YES) continue;
    hits[group] = hitOf[kind] ?? 0;
    counts.lone[kind] = (counts.lone[kind] ?? 0) + (lone[group] ?? 0);
  }
}

/**
 * A million turns a keystroke, most of them for exposures of which their group has said it all. No loop stands inside this
 * one: V8 throws the code of an inner loop away at each of its ends.
 */
function walkExposures(walk: Walk): void {
  const { groupOf } = walk.content;
  const { ofExposure } = walk.results;
  const { hits } = walk.groups;
  for (let index = 0; index < ofExposure.length; index++) {
    const group = groupOf[index] ?? 0;
    if (group < 0) ofExposure[index] = hitOfSeveral(walk, index, ~group);
    else if (ofExposure[index] === 0) ofExposure[index] = hits[group] ?? 0;
    else ofExposure[index] = hitOfTested(walk, index, group);
  }
}

/** Of an exposure with a single finding that passed tests of its own. */
function hitOfTested(
  { results, verdicts, groups, counts, hitOf }: Walk,
  index: number,
  group: number,
): number {
  const key = (groups.keys[group] ?? 0) | (results.ofExposure[index] ?? 0);
  const verdict = verdicts.known[key] === UNKNOWN ? verdicts.decide(key) : verdicts.known[key];
  const kind = key >> verdicts.bits;
  const hit = verdict === YES ? (hitOf[kind] ?? 0) : 0;
  const { lone } = counts;
  if (groups.hits[group] !== hit) lone[kind] = (lone[kind] ?? 0) + (hit === 0 ? -1 : 1);
  return hit;
}

function hitOfSeveral(walk: Walk, index: number, run: number): number {
  const { results, verdicts, groups, counts, hitOf } = walk;
  const { runs } = walk.content;
  const { several, findingsOfSeveral } = counts;
  const ofExposure = results.ofExposure[index] ?? 0;
  const end = runs.endOf(run);
  let meant = -1;
  for (let finding = run + 1; finding < end; finding++) {
    const ofGroup = groups.keys[runs.groups[finding] ?? 0] ?? 0;
    const key = ofGroup | ofExposure | ofTime(results.ranges, runs.createdAt[finding] ?? 0);
    if ((verdicts.known[key] || verdicts.decide(key)) !== YES) continue;
    meant = key >> verdicts.bits;
    findingsOfSeveral[meant] = (findingsOfSeveral[meant] ?? 0) + 1;
  }
  if (meant < 0) return 0;
  several[meant] = (several[meant] ?? 0) + 1;
  return hitOf[meant] ?? 0;
}

const ofTime = (ranges: readonly Range[], at: number): number =>
  ranges.reduce((bits, { bit, from, until }) => bits | (at >= from && at < until ? bit : 0), 0);

function sum(
  { lone, several, findingsOfSeveral }: Counts,
  { groups }: TallyContent,
): Pick<Scan, 'counts' | 'ofCohort'> {
  const total = (counts: Uint32Array): number => counts.reduce((all, count) => all + count, 0);
  const exposures = lone.map((count, kind) => count + (several[kind] ?? 0));
  const findings = lone.map((count, kind) => count + (findingsOfSeveral[kind] ?? 0));
  const counts = {
    exposures: total(exposures),
    findings: total(findings),
    publicFindings: total(findings.map((count, kind) => count * (groups.kinds[kind]?.public ?? 0))),
  };
  return { counts, ofCohort: byCohort(exposures, groups) };
}

function byCohort(ofKind: Uint32Array, { kinds }: TallyGroups): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  ofKind.forEach((exposures, kind) => {
    const cohort = kinds[kind]?.cohort;
    if (exposures > 0 && cohort !== undefined) counts.set(cohort, (counts.get(cohort) ?? 0) + exposures);
  });
  return counts;
}
