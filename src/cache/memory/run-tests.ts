import type { MemoryTest, RowTest } from '../filter-node.ts';
import type { TallyContent } from './tally-columns.ts';

/** One bit for each row test. */
const MOST_TESTS = 8;

type InMemory = RowTest & { readonly memory: NonNullable<RowTest['memory']> };

const isInMemory = (test: RowTest): test is InMemory => test.memory !== undefined;

/** What row tests say of the findings in memory, a bit for each test. */
export interface TestResults {
  /**
   * With those of its first finding's time. What the filter says of it takes their place. undefined: no test is of exposures
   * or times.
   */
  readonly ofExposure: Uint8Array | undefined;
  /** By row of `facts`; of those that passed none it may be shorter. */
  readonly ofFacts: Uint8Array;
  /** Those of the time of each finding that is one of several of its exposure, by place in `runs`. */
  readonly ofRuns: Uint8Array;
  /** The bits of all tests of times. */
  readonly bitsOfTimes: number;
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

/** undefined: one of them asks for something that is not in memory. `spare` is written over. */
export function runTests(
  tests: readonly RowTest[],
  content: TallyContent,
  spare?: Uint8Array,
): TestResults | undefined {
  if (tests.length > MOST_TESTS || !tests.every(isInMemory)) return undefined;
  const { length } = content.exposures;
  const isOfGroups = tests.every(({ memory }) => memory.on === 'facts');
  const ofExposure = isOfGroups
    ? new Uint8Array(0)
    : spare?.length === length
      ? spare.fill(0)
      : new Uint8Array(length);
  const ofFacts = new Uint8Array(mostFacts(tests) + 1);
  const ofRuns = new Uint8Array(content.runs.end);
  let bitsOfTimes = 0;
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
        content.createdAt.mark(memory, { bits: ofExposure, bit });
        content.runs.createdAt.mark(memory, { bits: ofRuns, bit });
        bitsOfTimes |= bit;
    }
  }
  return {
    ofExposure: isOfGroups ? undefined : ofExposure,
    ofFacts,
    ofRuns,
    bitsOfTimes,
  };
}

const mostFacts = (tests: readonly InMemory[]): number =>
  tests.reduce(
    (most, { memory }) =>
      memory.on === 'facts' ? memory.ids.reduce((last, id) => Math.max(last, id), most) : most,
    0,
  );
