import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../../domain/fixed-seed.ts';
import type { StoredFinding } from '../../../src/domain/listing.ts';
import { PERMISSION_MODES } from '../../../src/domain/permissions.ts';
import type { Fix } from '../../../src/triage/resolve/fix.ts';
import { prepareRedo, prepareUndo } from '../../../src/triage/undo.ts';
import { withEmulated } from '../emulated.ts';
import { need } from '../setup.ts';
import { apply, iamStateOf, resolve } from './house.ts';

const FIXABLE = [
  'type:unused-key',
  'type:unused-password',
  'type:unused-role',
  'type:unused-perms',
  'type:external kind:role',
];
const RUNS = 25;

/** The last fix that can be taken back: those that say so in their own words are left out. */
const undoable = (fixes: readonly Fix[]): Fix | undefined =>
  fixes.findLast(({ name, plan }) => plan !== undefined && name !== 'delete-key');

/** Operations that went over the wire and that the policy of `iam-triage permissions resolve` does not name. */
function unnamed(operations: readonly string[]): readonly string[] {
  const named = new Set(
    PERMISSION_MODES.flatMap(({ actions }) => actions.map((action) => action.split(':')[1])),
  );
  const actionOf = (operation: string): string => operation.replace(/^(ListFindings|GetFinding)V2$/, '$1');
  // Who calls may always be asked; the role to assume is allowed by its name, see permissionPolicy.
  const elsewhere = new Set(['GetCallerIdentity', 'AssumeRole']);
  return operations.filter((operation) => !elsewhere.has(operation) && !named.has(actionOf(operation)));
}

test('property: applying any fixes of the demo and undoing them leaves IAM as it was; redo makes the same again', async () => {
  await withEmulated({ regions: ['us-east-1'], emulator: { world: 'demo' } }, async (house) => {
    const findings = FIXABLE.flatMap((filter) => house.find(`status:active ${filter}`));
    const byType = Map.groupBy(findings, ({ findingType }) => findingType);
    assert.equal(byType.size, 5, 'every kind of fix is among them');
    const before = iamStateOf(house.emulator.world);
    const pick = fc
      .constantFrom(...byType.values())
      .chain((group) => fc.constantFrom(...group)) satisfies fc.Arbitrary<StoredFinding>;
    const work = async (chosen: readonly StoredFinding[], redo: boolean): Promise<void> => {
      const done: number[] = [];
      for (const finding of chosen) {
        const { fixes } = await resolve(house, finding, { fixRoleName: 'security/triage-remediation' });
        const fix = undoable(fixes);
        if (fix === undefined) continue;
        const entry = await apply(house, fix);
        assert.equal(
          entry.state,
          'done',
          `${finding.resource}: ${entry.operations.map(({ error }) => error).join()}`,
        );
        done.push(entry.id);
      }
      const after = iamStateOf(house.emulator.world);
      if (redo && done.length > 0) {
        assert.equal((await house.run(need(await prepareUndo(house.deps)))).state, 'done');
        assert.equal((await house.run(need(await prepareRedo(house.deps)))).state, 'done');
        assert.equal(iamStateOf(house.emulator.world), after);
      }
      for (let left = done.length; left > 0; left -= 1) {
        const undone = await house.run(need(await prepareUndo(house.deps)));
        assert.equal(undone.state, 'done', undone.operations.map(({ error }) => error).join());
      }
      assert.equal(iamStateOf(house.emulator.world), before);
      assert.equal(house.store.fixedMarks().size, 0);
    };
    const chosen = fc.uniqueArray(pick, {
      minLength: 1,
      maxLength: 3,
      selector: ({ exposureId }) => exposureId,
    });
    await fc.assert(fc.asyncProperty(chosen, fc.boolean(), work), {
      seed: 4,
      numRuns: RUNS,
      endOnFailure: true,
    });
    assert.deepEqual(unnamed(Object.keys(house.emulator.log.report().operations)), []);
  });
});
