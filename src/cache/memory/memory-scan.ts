import type { ListCounts } from '../../domain/listing.ts';
import { decide, type FilterNode, nodesOf, type RowTest } from '../filter-node.ts';
import type { Wanted } from './ordered-places.ts';
import { runTests, type TestResults } from './run-tests.ts';
import { Runs } from './runs.ts';
import type { TallyContent } from './tally-columns.ts';

/** What a filter means of the findings in memory. */
export interface Scan {
  /** Exposures of which a finding is. */
  readonly meant: Wanted;
  /** What `meant` asks where each exposure was looked at: the next scan may write over it, once nobody asks this one. */
  readonly bits: Uint8Array | undefined;
  readonly counts: ListCounts;
  /** Exposures by cohort. */
  readonly ofCohort: ReadonlyMap<number, number>;
}

/** undefined: the filter asks for something that is not in memory. `spare`: bits of an earlier scan, to write over. */
export function scan(node: FilterNode, content: TallyContent, spare?: Uint8Array): Scan | undefined {
  const tests = nodesOf(node, 'row');
  const results = runTests(tests, content, spare);
  return results && look(content, results, verdictsOf(node, tests, content));
}

/** What stands where it has not been decided yet. */
const UNKNOWN = 255;

/** Of a kind (above `bits`) whose row tests came out so (below): worked out once for all findings that are alike. */
interface Verdicts {
  readonly bits: number;
  /** By key: 1 for what is meant. */
  readonly known: Uint8Array;
  readonly decide: (key: number) => number;
}

function verdictsOf(node: FilterNode, tests: readonly RowTest[], { groups }: TallyContent): Verdicts {
  const { kinds } = groups;
  const bits = tests.length;
  const known = new Uint8Array(kinds.length << bits).fill(UNKNOWN);
  const bitOf = new Map(tests.map((test, at) => [test, 1 << at]));
  const decideFor = (key: number): number => {
    const kind = kinds[key >> bits];
    const isMeant = kind && decide(node, kind, (test) => (key & (bitOf.get(test) ?? 0)) !== 0);
    return (known[key] = isMeant === true ? 1 : 0);
  };
  return { bits, known, decide: decideFor };
}

/** By key: exposures with a single finding, whether meant or not; and others that are meant, with their findings. */
interface Counts {
  readonly lone: Uint32Array;
  readonly several: Uint32Array;
  readonly findingsOfSeveral: Uint32Array;
}

interface Walk {
  readonly content: TallyContent;
  readonly results: TestResults;
  readonly verdicts: Verdicts;
  /** Of each group: its kind and what its facts have passed. */
  readonly keys: Int32Array;
  readonly counts: Counts;
}

function look(content: TallyContent, results: TestResults, verdicts: Verdicts): Scan {
  const { length } = verdicts.known;
  const counts = {
    lone: new Uint32Array(length),
    several: new Uint32Array(length),
    findingsOfSeveral: new Uint32Array(length),
  };
  const walk: Walk = { content, results, verdicts, keys: keysOf(content, results, verdicts), counts };
  const { ofExposure: bits } = results;
  const meant =
    bits === undefined
      ? new MeantByGroup(content.groupOf, countGroups(walk), countRuns(walk))
      : new MeantOneByOne(countOneByOne(walk, bits));
  return { meant, bits, ...sum(walk) };
}

function keysOf({ groups }: TallyContent, { ofFacts }: TestResults, { bits }: Verdicts): Int32Array {
  const { kindOf, factsOf } = groups;
  const keys = new Int32Array(groups.length);
  for (let group = 0; group < keys.length; group++)
    keys[group] = ((kindOf[group] ?? 0) << bits) | (ofFacts[factsOf[group] ?? 0] ?? 0);
  return keys;
}

/** Groups have said it all of exposures with a single finding, and know how many these are: they are not looked at. */
class MeantByGroup implements Wanted {
  readonly #groupOf: Int32Array;
  readonly #groups: Uint8Array;
  readonly #runs: Uint8Array;

  constructor(groupOf: Int32Array, groups: Uint8Array, runs: Uint8Array) {
    this.#groupOf = groupOf;
    this.#groups = groups;
    this.#runs = runs;
  }

  has(place: number): boolean {
    const group = this.#groupOf[place] ?? 0;
    return (group < 0 ? this.#runs[~group] : this.#groups[group]) === 1;
  }
}

class MeantOneByOne implements Wanted {
  readonly #bits: Uint8Array;

  constructor(bits: Uint8Array) {
    this.#bits = bits;
  }

  has(place: number): boolean {
    return this.#bits[place] === 1;
  }
}

// Some of these take a million turns a keystroke. No loop stands inside them: V8 throws the code of an inner loop away at
// each of its ends.

/** 1 for each group that is meant. */
function countGroups({ content, verdicts, keys, counts }: Walk): Uint8Array {
  const { groups } = content;
  const { lone } = counts;
  const meant = new Uint8Array(keys.length);
  for (let group = 0; group < keys.length; group++) {
    const key = keys[group] ?? 0;
    lone[key] = (lone[key] ?? 0) + (groups.lone[group] ?? 0);
    meant[group] = verdictOf(verdicts, key);
  }
  return meant;
}

/** 1 at the place of each run of which a finding is meant. */
function countRuns(walk: Walk): Uint8Array {
  const { runs } = walk.content;
  const meant = new Uint8Array(runs.end);
  for (let run = Runs.FIRST; run < runs.end; run = runs.endOf(run))
    if (!runs.isLeft(run)) meant[run] = countRun(walk, run, 0);
  return meant;
}

/** The same where exposures have passed tests of their own: turns what they passed into 1 for each that is meant. */
function countOneByOne(walk: Walk, bits: Uint8Array): Uint8Array {
  const { keys, verdicts, results } = walk;
  const { groupOf } = walk.content;
  const { known } = verdicts;
  const { lone } = walk.counts;
  const butTimes = ~results.bitsOfTimes;
  for (let place = 0; place < bits.length; place++) {
    const group = groupOf[place] ?? 0;
    const passed = bits[place] ?? 0;
    if (group < 0) {
      bits[place] = countRun(walk, ~group, passed & butTimes);
      continue;
    }
    const key = (keys[group] ?? 0) | passed;
    const verdict = known[key] ?? 0;
    bits[place] = verdict === UNKNOWN ? verdicts.decide(key) : verdict;
    lone[key] = (lone[key] ?? 0) + 1;
  }
  return bits;
}

function verdictOf({ known, decide: decideFor }: Verdicts, key: number): number {
  const verdict = known[key] ?? 0;
  return verdict === UNKNOWN ? decideFor(key) : verdict;
}

/** 1: a finding of the run is meant. `passed`: what its exposure has. */
function countRun({ content, results, verdicts, keys, counts }: Walk, run: number, passed: number): number {
  const { runs } = content;
  const { ofRuns } = results;
  const { several, findingsOfSeveral } = counts;
  const end = runs.endOf(run);
  let meant = -1;
  for (let finding = run + 1; finding < end; finding++) {
    const key = (keys[runs.groups[finding] ?? 0] ?? 0) | passed | (ofRuns[finding] ?? 0);
    if (verdictOf(verdicts, key) === 0) continue;
    meant = key;
    findingsOfSeveral[key] = (findingsOfSeveral[key] ?? 0) + 1;
  }
  if (meant < 0) return 0;
  several[meant] = (several[meant] ?? 0) + 1;
  return 1;
}

function sum({ content, verdicts, counts }: Walk): Pick<Scan, 'counts' | 'ofCohort'> {
  const { kinds } = content.groups;
  const { lone, several, findingsOfSeveral } = counts;
  const ofCohort = new Map<number, number>();
  let [allExposures, allFindings, publicFindings] = [0, 0, 0];
  verdicts.known.forEach((verdict, key) => {
    const kind = kinds[key >> verdicts.bits];
    if (verdict !== 1 || kind === undefined) return;
    const exposures = (lone[key] ?? 0) + (several[key] ?? 0);
    const findings = (lone[key] ?? 0) + (findingsOfSeveral[key] ?? 0);
    allExposures += exposures;
    allFindings += findings;
    publicFindings += kind.public * findings;
    if (exposures > 0) ofCohort.set(kind.cohort, (ofCohort.get(kind.cohort) ?? 0) + exposures);
  });
  return { counts: { exposures: allExposures, findings: allFindings, publicFindings }, ofCohort };
}
