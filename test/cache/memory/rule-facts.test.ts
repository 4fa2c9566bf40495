/** What rules do as the store counts it, against reading every finding: the same, whatever rules and world. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../../domain/fixed-seed.ts';
import type { ArchiveRule, Criteria } from '../../../src/domain/archive-rule.ts';
import type { Finding, FindingScope } from '../../../src/domain/finding.ts';
import { gatherRuleFacts } from '../../domain/rules/gather-rule-facts.ts';
import { arbitraryDetail, arbitraryFinding, NOW } from '../arbitraries.ts';
import { arbitraryCriteria } from '../arbitrary-criteria.ts';
import { opened, query } from '../open.ts';
import { finding } from '../samples.ts';

const ruleOn = ({ profile, region, analyzerArn }: FindingScope, filter: Criteria): ArchiveRule => ({
  profile,
  region,
  analyzerArn,
  ruleName: 'r',
  filter,
  createdAt: NOW,
  updatedAt: NOW,
});

interface Case {
  readonly findings: readonly Finding[];
  readonly rules: readonly ArchiveRule[];
}

/** Each filter on the analyzers of several findings: rules that say the same share what is counted. */
const arbitraryCase: fc.Arbitrary<Case> = fc
  .array(arbitraryFinding, { minLength: 1, maxLength: 25 })
  .chain((findings) =>
    fc
      .array(
        fc.tuple(fc.array(fc.constantFrom(...findings), { maxLength: 4 }), arbitraryCriteria(findings)),
        { maxLength: 4 },
      )
      .map((rules) => ({
        findings,
        rules: rules.flatMap(([places, filter]) => places.map((place) => ruleOn(place, filter))),
      })),
  );

test('counts what reading every finding counts', () => {
  fc.assert(
    fc.property(
      arbitraryCase,
      fc.array(fc.option(arbitraryDetail, { nil: undefined }), { minLength: 25, maxLength: 25 }),
      fc.subarray([0, 1, 2, 3, 5, 8, 13, 21]),
      ({ findings, rules }, details, gone) => {
        const store = opened();
        findings.forEach((each, index) => {
          store.saveFinding(each, NOW);
          const detail = details[index];
          // What is in memory from here on must follow what comes.
          if (index % 5 === 2) store.ruleFacts(rules);
          if (detail !== undefined && index % 2 === 0) store.saveDetail(each, each.updatedAt, detail);
        });
        for (const index of gone) if (findings[index] !== undefined) store.markGone(findings[index], NOW);
        assert.deepEqual(store.ruleFacts(rules), gatherRuleFacts(rules, store.findingsOf(query(''))));
        store.close();
      },
    ),
    { numRuns: 150 },
  );
});

test('a value is dead once the last finding that had it is gone, and a rule without an analyzer does nothing', () => {
  const store = opened();
  const only = finding('00000000-0000-4000-8000-000000000001', { error: 'ACCESS_DENIED' });
  const filter = { error: { eq: ['ACCESS_DENIED'] } };
  const deadNow = (): number => store.ruleFacts([ruleOn(only, filter)])[0]?.dead.length ?? -1;
  store.saveFinding(only, NOW);
  assert.equal(deadNow(), 0);
  store.markGone(only, NOW);
  assert.equal(deadNow(), 1);
  assert.equal(store.dryRun(filter, {}).dead.length, 1);
  const [lost] = store.ruleFacts([ruleOn({ ...only, analyzerArn: 'arn:aws:access-analyzer:x' }, filter)]);
  assert.deepEqual(
    [lost?.hides, lost?.wouldArchive, lost?.lastHitAt, lost?.dead.length],
    [0, 0, undefined, 1],
  );
  store.close();
});
