import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StoredFinding } from '../../../src/domain/listing.ts';
import { trustAccount } from '../../../src/emulator/world/statement.ts';
import { planScan } from '../../../src/triage/plan-scan.ts';
import { waitForRecommendation } from '../../../src/triage/recommend/wait-for-recommendation.ts';
import {
  nextPassOf,
  type Proof,
  proofText,
  proveFinding,
  type ProveProgress,
} from '../../../src/triage/resolve/prove.ts';
import { type FixVerdict, judgedText, settleFixedMarks } from '../../../src/triage/resolve/settle-fixed.ts';
import { DAY, HOME, SHARED_BUCKET, START, VENDOR } from '../../emulator/small-world.ts';
import { type Emulated, withEmulated } from '../emulated.ts';
import { fakeClock } from '../fakes.ts';
import { need } from '../setup.ts';
import { apply, fixOf, only, prepareDeps, resolve } from './house.ts';

const US = { regions: ['us-east-1'] };

const prove = async (
  house: Emulated,
  finding: StoredFinding,
  onProgress: (progress: ProveProgress) => void = () => undefined,
): Promise<Proof> => {
  const { gateway, store, deps } = house;
  const { analyzers } = store.summary();
  return need(await proveFinding(finding, { gateway, store, clock: deps.clock, analyzers, onProgress }));
};

const homeOf = ({ emulator }: Emulated) => {
  const account = emulator.world.accounts.get(HOME);
  assert.ok(account !== undefined);
  return account;
};

test('a changed condition: the finding is RESOLVED, and it came back under a new id', () =>
  withEmulated(US, async (house) => {
    const finding = only(house, 'type:external resource:*partner-1');
    const partner = homeOf(house).roles.get('partner-1');
    assert.ok(partner !== undefined);
    partner.trustPolicy = trustAccount(VENDOR, { StringEquals: { 'sts:ExternalId': 'x' } });
    house.emulator.advance(DAY / 2);
    partner.trustUpdatedAt = START + DAY / 2;
    await house.run(planScan([finding]));
    const proof = await prove(house, finding);
    assert.equal(proof.kind, 'came-back', proofText(proof));
    assert.match(proofText(proof), /came back as a new finding/);
    await house.sync();
    house.store.setFixedMark(finding.exposureId, START + 1);
    assert.deepEqual(settleFixedMarks(house.store), [
      { exposureId: finding.exposureId, verdict: 'came-back' },
    ]);
    assert.equal(house.store.fixedMarks().size, 0);
  }));

test('an analysis that failed proves nothing, and the mark stays', () =>
  withEmulated(US, async (house) => {
    const finding = only(house, `type:external resource:${SHARED_BUCKET}`);
    const bucket = homeOf(house).resources.get(SHARED_BUCKET);
    assert.ok(bucket !== undefined);
    bucket.analysisFails = true;
    house.emulator.advance(DAY / 2);
    await house.run(planScan([finding]));
    const proof = await prove(house, finding);
    assert.equal(proof.kind, 'not-proven', proofText(proof));
    assert.match(proofText(proof), /INTERNAL_ERROR.*not proven/);
    await house.sync();
    house.store.setFixedMark(finding.exposureId, START + 1);
    assert.deepEqual(settleFixedMarks(house.store), [
      { exposureId: finding.exposureId, verdict: 'not-proven' },
    ]);
    assert.equal(house.store.fixedMarks().size, 1);
    const [failed] = house.find('status:active error:INTERNAL_ERROR');
    assert.ok(failed !== undefined);
    const ofError = await prove(house, failed);
    assert.equal(ofError.kind, 'not-proven', 'the access is not known, so it is not said to be there');
  }));

test('without a scan the wait ends after half an hour, with a clock that tells the truth', () =>
  withEmulated(US, async (house) => {
    const seen: ProveProgress[] = [];
    const proof = await prove(house, only(house, 'type:external resource:*partner-1'), (one) =>
      seen.push(one),
    );
    assert.deepEqual(proof, { kind: 'waiting', elapsedMs: 30 * 60_000 });
    const elapsed = seen.map(({ elapsedMs }) => elapsedMs);
    assert.deepEqual(
      elapsed,
      elapsed.toSorted((a, b) => a - b),
    );
    assert.ok(seen.length < 100, `${seen.length} looks in half an hour are enough`);
    assert.ok(seen.every(({ longestMs }) => longestMs === 30 * 60_000));
  }));

test('unused access: said when it is looked at next; the mark goes with the sync that sees it RESOLVED', () =>
  withEmulated(US, async (house) => {
    const finding = only(house, 'type:unused-password');
    await apply(house, fixOf(await resolve(house, finding), 'delete-password'));
    const proof = await prove(house, finding);
    assert.equal(proof.kind === 'due' && proof.at, nextPassOf(finding, house.deps.clock.now()));
    assert.deepEqual(settleFixedMarks(house.store), [{ exposureId: finding.exposureId, verdict: 'waiting' }]);
    assert.equal(house.store.fixedMarks().size, 1);
    house.emulator.advance(DAY);
    house.emulator.runDailyPass();
    await house.sync();
    assert.deepEqual(settleFixedMarks(house.store), [{ exposureId: finding.exposureId, verdict: 'proven' }]);
    assert.equal(house.store.fixedMarks().size, 0);
  }));

test('verdicts are one sentence, the worst first', () => {
  const of = (...verdicts: FixVerdict[]): string | undefined =>
    judgedText(verdicts.map((verdict, at) => ({ exposureId: `e${at}`, verdict })));
  assert.equal(of(), undefined);
  assert.equal(of('proven'), '1 fix proven.');
  assert.equal(of('proven', 'waiting', 'proven'), '2 fixes proven; 1 fix not yet proven.');
  assert.equal(
    of('waiting', 'not-proven', 'proven', 'came-back'),
    '1 fixed finding came back; 1 fix not proven, for the analysis failed; 1 fix proven; 1 fix not yet proven.',
  );
});

test('the next pass is in the future and less than a day away, however long ago the last look was', () => {
  for (const ago of [0, 1, DAY - 1, DAY, DAY + 1, 10 * DAY]) {
    const at = nextPassOf({ analyzedAt: START - ago }, START);
    assert.ok(at >= START && at <= START + DAY, `${ago} ${at - START}`);
  }
});

test('a recommendation that never comes is given up after two minutes of slowing looks', () =>
  withEmulated(US, async (house) => {
    const finding = only(house, 'type:unused-perms resource:*app');
    const looks: number[] = [];
    const pending = {
      ...house.gateway.at(finding),
      generateRecommendation: async () => undefined,
      readRecommendation: async () => ({
        status: 'IN_PROGRESS' as const,
        startedAt: 0,
        resourceArn: finding.resource,
        steps: [],
      }),
    };
    const answer = await waitForRecommendation(finding, {
      ...prepareDeps(house),
      gateway: { ...house.gateway, at: () => pending },
      clock: fakeClock(0),
      onProgress: ({ elapsedMs }) => looks.push(elapsedMs),
    });
    assert.ok(!answer.ok && answer.problem.kind === 'timeout' && answer.problem.retryable === true);
    assert.deepEqual(looks.slice(0, 5), [0, 1000, 3000, 6000, 11_000]);
    assert.ok((looks.at(-1) ?? 0) >= 120_000);
  }));
