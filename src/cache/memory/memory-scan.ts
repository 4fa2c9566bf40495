import type { ListCounts } from '../../domain/listing.ts';
import { decide, type FilterNode, nodesOf, type RowTest } from '../filter-node.ts';
import { runTests, type TestResults } from './run-tests.ts';
import type { TallyContent } from './tally-columns.ts';

/** What a filter means of the findings in memory. */
export interface Scan {
  /** Of each exposure of which a finding is meant: its risk and 1. 0 for the others. */
  readonly hits: Uint8Array;
  readonly counts: ListCounts;
  /** Exposures by cohort. */
  readonly ofCohort: ReadonlyMap<number, number>;
}

/** Looks at every finding. undefined: the filter asks for something that is not in memory. `spare`: hits to write over. */
export function scan(node: FilterNode, content: TallyContent, spare?: Uint8Array): Scan | undefined {
  const tests = nodesOf(node, 'row');
  const results = runTests(tests, content, spare);
  return results && look(content, results, verdictsOf(node, tests, content));
}

/** What stands where a hit has not been decided yet: more than any risk and 1. */
const UNKNOWN = 255;

/** Of a kind (above `bits`) whose row tests came out so (below): worked out once for all findings that are alike. */
interface Verdicts {
  readonly bits: number;
  /** By key, as in `Scan.hits`. */
  readonly hits: Uint8Array;
  readonly decide: (key: number) => number;
}

function verdictsOf(node: FilterNode, tests: readonly RowTest[], { groups }: TallyContent): Verdicts {
  const { kinds } = groups;
  const bits = tests.length;
  const hits = new Uint8Array(kinds.length << bits).fill(UNKNOWN);
  const bitOf = new Map(tests.map((test, at) => [test, 1 << at]));
  const decideFor = (key: number): number => {
    const kind = kinds[key >> bits];
    const isMeant = kind && decide(node, kind, (test) => (key & (bitOf.get(test) ?? 0)) !== 0);
    return (hits[key] = kind !== undefined && isMeant === true ? kind.risk + 1 : 0);
  };
  return { bits, hits, decide: decideFor };
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
  const { length } = verdicts.hits;
  const counts = {
    lone: new Uint32Array(length),
    several: new Uint32Array(length),
    findingsOfSeveral: new Uint32Array(length),
  };
  const walk: Walk = { content, results, verdicts, keys: keysOf(content, results, verdicts), counts };
  if (results.isOfGroups) walkByGroup(walk);
  else walkOneByOne(walk);
  return { hits: results.ofExposure, ...sum(walk) };
}

function keysOf({ groups }: TallyContent, { ofFacts }: TestResults, { bits }: Verdicts): Int32Array {
  const { kindOf, factsOf } = groups;
  const keys = new Int32Array(groups.length);
  for (let group = 0; group < keys.length; group++)
    keys[group] = ((kindOf[group] ?? 0) << bits) | (ofFacts[factsOf[group] ?? 0] ?? 0);
  return keys;
}

// Each of these takes a million turns a keystroke. No loop stands inside them: V8 throws the code of an inner loop away at
// each of its ends.

/** Groups have said it all of exposures with a single finding, and know how many these are. */
function walkByGroup(walk: Walk): void {
  const { groupOf } = walk.content;
  const { ofExposure } = walk.results;
  const hits = countGroups(walk);
  for (let index = 0; index < ofExposure.length; index++) {
    const group = groupOf[index] ?? 0;
    ofExposure[index] = group < 0 ? hitOfSeveral(walk, index, ~group) : (hits[group] ?? 0);
  }
}

/** What each group means, as in `Scan.hits`. */
function countGroups({ content, verdicts, keys, counts }: Walk): Uint8Array {
  const { groups } = content;
  const { lone } = counts;
  const hits = new Uint8Array(keys.length);
  for (let group = 0; group < keys.length; group++) {
    const key = keys[group] ?? 0;
    lone[key] = (lone[key] ?? 0) + (groups.lone[group] ?? 0);
    hits[group] = hitOf(verdicts, key);
  }
  return hits;
}

/** The same where exposures have passed tests of their own. */
function walkOneByOne(walk: Walk): void {
  const { keys, verdicts } = walk;
  const { groupOf } = walk.content;
  const { ofExposure } = walk.results;
  const { hits } = verdicts;
  const { lone } = walk.counts;
  for (let index = 0; index < ofExposure.length; index++) {
    const group = groupOf[index] ?? 0;
    if (group < 0) {
      ofExposure[index] = hitOfSeveral(walk, index, ~group);
      continue;
    }
    const key = (keys[group] ?? 0) | (ofExposure[index] ?? 0);
    const hit = hits[key] ?? 0;
    ofExposure[index] = hit === UNKNOWN ? verdicts.decide(key) : hit;
    lone[key] = (lone[key] ?? 0) + 1;
  }
}

function hitOf({ hits, decide: decideFor }: Verdicts, key: number): number {
  const hit = hits[key] ?? 0;
  return hit === UNKNOWN ? decideFor(key) : hit;
}

function hitOfSeveral(
  { content, results, verdicts, keys, counts }: Walk,
  index: number,
  run: number,
): number {
  const { runs } = content;
  const { ofRuns } = results;
  const { several, findingsOfSeveral } = counts;
  const ofExposure = (results.ofExposure[index] ?? 0) & ~results.bitsOfTimes;
  const end = runs.endOf(run);
  let meant = -1;
  for (let finding = run + 1; finding < end; finding++) {
    const key = (keys[runs.groups[finding] ?? 0] ?? 0) | ofExposure | (ofRuns[finding] ?? 0);
    if (hitOf(verdicts, key) === 0) continue;
    meant = key;
    findingsOfSeveral[key] = (findingsOfSeveral[key] ?? 0) + 1;
  }
  if (meant < 0) return 0;
  several[meant] = (several[meant] ?? 0) + 1;
  return hitOf(verdicts, meant);
}

function sum({ content, verdicts, counts }: Walk): Pick<Scan, 'counts' | 'ofCohort'> {
  const { kinds } = content.groups;
  const { lone, several, findingsOfSeveral } = counts;
  const ofCohort = new Map<number, number>();
  let [allExposures, allFindings, publicFindings] = [0, 0, 0];
  verdicts.hits.forEach((hit, key) => {
    const kind = kinds[key >> verdicts.bits];
    if (hit === 0 || hit === UNKNOWN || kind === undefined) return;
    const exposures = (lone[key] ?? 0) + (several[key] ?? 0);
    const findings = (lone[key] ?? 0) + (findingsOfSeveral[key] ?? 0);
    allExposures += exposures;
    allFindings += findings;
    publicFindings += kind.public * findings;
    if (exposures > 0) ofCohort.set(kind.cohort, (ofCohort.get(kind.cohort) ?? 0) + exposures);
  });
  return { counts: { exposures: allExposures, findings: allFindings, publicFindings }, ofCohort };
}
