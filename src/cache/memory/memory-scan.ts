import type { ListCounts } from '../../domain/listing.ts';
import { decide, type FilterNode, type MemoryTest, nodesOf, type RowTest } from '../filter-node.ts';
import type { TallyContent } from './tally-columns.ts';

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

/** Kind and results of each group. */
function keysOfGroups({ groups }: TallyContent, { ofFacts }: Results, bits: number): Int32Array {
  const { kindOf, factsOf } = groups;
  const keys = new Int32Array(groups.length);
  for (let group = 0; group < keys.length; group++) {
    keys[group] = ((kindOf[group] ?? 0) << bits) | (ofFacts[factsOf[group] ?? 0] ?? 0);
  }
  return keys;
}

interface Walk {
  readonly content: TallyContent;
  readonly results: Results;
  readonly verdicts: Verdicts;
  /** Of each group. */
  readonly keys: Int32Array;
  /** What is meant, all three by kind: exposures with a single finding, and others with their findings. */
  readonly lone: Uint32Array;
  readonly several: Uint32Array;
  readonly findingsOfSeveral: Uint32Array;
  /** Of each kind: its risk and 1. */
  readonly hitOf: Uint8Array;
}

function look(content: TallyContent, results: Results, verdicts: Verdicts): Scan {
  const { kinds } = content.groups;
  const walk: Walk = {
    content,
    results,
    verdicts,
    keys: keysOfGroups(content, results, verdicts.bits),
    lone: new Uint32Array(kinds.length),
    several: new Uint32Array(kinds.length),
    findingsOfSeveral: new Uint32Array(kinds.length),
    hitOf: Uint8Array.from(kinds, ({ risk }) => risk + 1),
  };
  walkAll(walk);
  const { lone, several, findingsOfSeveral } = walk;
  const total = (counts: Uint32Array): number => counts.reduce((sum, count) => sum + count, 0);
  const exposures = lone.map((count, kind) => count + (several[kind] ?? 0));
  const findings = lone.map((count, kind) => count + (findingsOfSeveral[kind] ?? 0));
  const counts = {
    exposures: total(exposures),
    findings: total(findings),
    publicFindings: total(findings.map((count, kind) => count * (kinds[kind]?.public ?? 0))),
  };
  return { hits: results.ofExposure, counts, ofCohort: byCohort(exposures, content) };
}

/**
 * A million turns a keystroke, most of them for exposures with a single finding. No loop stands inside this one: V8
 * throws the code of an inner loop away at each of its ends.
 */
function walkAll(walk: Walk): void {
  const { content, results, verdicts, keys, lone, hitOf } = walk;
  const { groupOf } = content;
  const { bits, known, decide: decideFor } = verdicts;
  const { ofExposure } = results;
  for (let index = 0; index < ofExposure.length; index++) {
    const group = groupOf[index] ?? 0;
    if (group < 0) walkSeveral(walk, index, ~group);
    else {
      const key = (keys[group] ?? 0) | (ofExposure[index] ?? 0);
      const verdict = known[key] === UNKNOWN ? decideFor(key) : known[key];
      if (verdict !== YES) ofExposure[index] = 0;
      else {
        const kind = key >> bits;
        ofExposure[index] = hitOf[kind] ?? 0;
        lone[kind] = (lone[kind] ?? 0) + 1;
      }
    }
  }
}

function walkSeveral(walk: Walk, index: number, run: number): void {
  const { results, verdicts, keys, several, findingsOfSeveral, hitOf } = walk;
  const { runs } = walk.content;
  const ofExposure = results.ofExposure[index] ?? 0;
  const end = runs.endOf(run);
  let meant = -1;
  for (let finding = run + 1; finding < end; finding++) {
    const ofGroup = keys[runs.groups[finding] ?? 0] ?? 0;
    const at = runs.createdAt[finding] ?? 0;
    const ofTime = results.ranges.reduce((bits, range) => bits | (isWithin(range, at) ? range.bit : 0), 0);
    const key = ofGroup | ofExposure | ofTime;
    if ((verdicts.known[key] || verdicts.decide(key)) !== YES) continue;
    meant = key >> verdicts.bits;
    findingsOfSeveral[meant] = (findingsOfSeveral[meant] ?? 0) + 1;
  }
  results.ofExposure[index] = meant < 0 ? 0 : (hitOf[meant] ?? 0);
  if (meant >= 0) several[meant] = (several[meant] ?? 0) + 1;
}

const isWithin = ({ from, until }: Range, at: number): boolean => at >= from && at < until;

function byCohort(ofKind: Uint32Array, { groups }: TallyContent): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  ofKind.forEach((exposures, kind) => {
    const cohort = groups.kinds[kind]?.cohort;
    if (exposures > 0 && cohort !== undefined) counts.set(cohort, (counts.get(cohort) ?? 0) + exposures);
  });
  return counts;
}
