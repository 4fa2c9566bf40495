import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectConfirm } from '../../src/app/selectors/confirm.ts';
import { selectFooter } from '../../src/app/selectors/footer.ts';
import { selectOutcome } from '../../src/app/selectors/outcome.ts';
import { selectPanelLines } from '../../src/app/selectors/panel.ts';
import { selectWaiting } from '../../src/app/selectors/proof.ts';
import { succeed } from '../../src/domain/problem.ts';
import type { Proof } from '../../src/triage/resolve/prove.ts';
import { formatMessage } from '../../src/ui/chrome/format-message.ts';
import { lineText } from '../../src/ui/line.ts';
import { aResolution, removeTrust, trustedFromOutside, unusedPermissions } from './fakes/advice.ts';
import { ACCOUNT } from './fakes/findings.ts';
import { openJourney } from './fakes/journey.ts';

type Journey = Awaited<ReturnType<typeof openJourney>>;

const open = (options: Parameters<typeof openJourney>[0] = {}): Promise<Journey> =>
  openJourney({ findings: [trustedFromOutside()], ...options });

/** What the open panel says. */
function said(journey: Journey): string {
  const { panel } = journey.state();
  assert.ok(panel !== undefined, 'a panel is open');
  return selectPanelLines(journey.state(), panel, 200)
    .map((line) => ('shape' in line ? '' : `${line.label ?? ''} ${line.text}`.trim()))
    .join('\n');
}

const runs = (journey: Journey): string[] => journey.world.calls.filter((call) => call.startsWith('run'));

/** Through the dialog, whose words a test must have looked at. */
async function makeFix(journey: Journey): Promise<void> {
  await journey.press('r');
  await journey.keys('enter');
  const { dialog } = journey.state();
  assert.equal(dialog?.kind, 'confirm');
  const content = selectConfirm(dialog);
  assert.match(content.title, /^Remove the outside principal/);
  assert.ok(content.lines.some(({ text }) => text === 'changes the trust policy of role cross-acct-00001'));
  assert.equal(content.typedLabel, 'Type apply to go on');
  await journey.press('apply');
  await journey.keys('enter');
}

test('r shows what is wrong and the fixes in order of safety', async () => {
  const journey = await open();
  await journey.press('r');
  const text = said(journey);
  assert.match(text, /^Account 444455556666 can assume this role from outside\./);
  assert.match(text, /changes The principal leaves this statement:/);
  assert.match(text, /could break Whoever assumes/);
  assert.match(text, /access preview .* will be RESOLVED/);
  assert.match(text, /then A scan shows it within seconds/);
  assert.match(text, /aws iam update-assume-role-policy/);
  await journey.keys('tab');
  assert.match(said(journey), /This is done by hand/);
  assert.match(said(journey), /https:\/\/console\.aws\.amazon\.com/);
});

test('a fix needs its typed word; then comes the proof', async () => {
  const journey = await open();
  await journey.press('r');
  await journey.keys('enter', 'enter');
  assert.deepEqual(runs(journey), [], 'enter alone changes nothing');
  await journey.keys('esc', 'esc');
  await makeFix(journey);
  assert.equal(runs(journey).length, 1);
  assert.match(said(journey), /Done: Remove the outside principal/);
  assert.match(said(journey), /RESOLVED: the analyzer looked again and found the access gone\./);
  assert.match(journey.state().toast?.text ?? '', /^role partner\/cross-acct-00001: RESOLVED/);
  await journey.keys('enter');
  assert.equal(journey.state().toast?.text, 'A fix was made here: r looks at what is left.');
});

test('while the proof is waited for, panel and message line say how long', async () => {
  const journey = await open();
  const { promise, resolve } = Promise.withResolvers<void>();
  journey.world.gates.set('prove', promise);
  await journey.press('r');
  await journey.keys('enter');
  await journey.press('apply');
  journey.store.input(['enter']);
  while (journey.state().proofs.size === 0) await Promise.resolve();
  assert.match(said(journey), /Fixed, waiting for proof: looked 7 times in 0:42 of at most 30:00\./);
  assert.match(selectWaiting(journey.state()) ?? '', /^Waiting for proof · role partner/);
  resolve();
  await journey.store.idle();
  assert.equal(selectWaiting(journey.state()), undefined);
});

const ENDS: readonly (readonly [Proof, RegExp, string])[] = [
  [{ kind: 'came-back', findings: [trustedFromOutside()] }, /It came back as a new finding: trust/, 'error'],
  [{ kind: 'not-proven', error: 'ACCESS_DENIED' }, /failed \(ACCESS_DENIED\): not proven/, 'warning'],
  [{ kind: 'still-there', status: 'ACTIVE' }, /the access is still there: ACTIVE/, 'warning'],
  [
    { kind: 'due', at: Date.UTC(2026, 5, 2) },
    /Fixed, waiting for proof\. AWS looks again by 2026-06-02 00:00 UTC\./,
    'info',
  ],
  [{ kind: 'gone' }, /AWS no longer lists the finding/, 'success'],
];

for (const [proof, words, tone] of ENDS) {
  test(`a proof that ends "${proof.kind}" is said as it is`, async () => {
    const journey = await open();
    journey.world.proofOf = () => proof;
    await makeFix(journey);
    assert.match(said(journey), words);
    assert.equal(journey.state().toast?.kind, tone);
  });
}

test('the verdict fits the message line: of a long name its middle is left out', async () => {
  const resource = `arn:aws:iam::123456789012:role/${'platform-'.repeat(8)}legacy`;
  const journey = await open({ findings: [trustedFromOutside({ resource })], columns: 80 });
  journey.world.proofOf = () => ({ kind: 'due', at: Date.UTC(2026, 5, 2) });
  await journey.press('r');
  await journey.keys('enter');
  await journey.press('apply');
  await journey.keys('enter');
  const { toast } = journey.state();
  assert.match(toast?.text ?? '', /^role plat.*….*legacy: AWS looks again by 2026-06-02 00:00 UTC\.$/);
  assert.equal(lineText(formatMessage(journey.state(), 80)), ` · ${toast?.text ?? ''}`);
});

test('a scan waits for the proof, too', async () => {
  const journey = await open();
  journey.world.proofOf = () => ({ kind: 'still-there', status: 'ACTIVE' });
  await journey.press('s');
  const { dialog } = journey.state();
  assert.equal(dialog?.kind, 'confirm');
  assert.match(selectConfirm(dialog).title, /scan/i);
  await journey.keys('enter');
  assert.match(journey.state().toast?.text ?? '', /still there: ACTIVE/);
});

test('read-only mode refuses the fix but not the look at it', async () => {
  const journey = await open({ mode: { readOnly: true } });
  await journey.press('r');
  assert.match(said(journey), /could break/);
  await journey.keys('enter');
  assert.equal(journey.state().dialog, undefined);
  assert.match(journey.state().toast?.text ?? '', /^Read-only mode/);
});

test('a blocked fix says why, and what to do about it', async () => {
  const journey = await open();
  journey.world.resolutionOf = (finding) => {
    const { plan: _none, ...fix } = removeTrust(finding, {
      blocked: { kind: 'denied', message: 'The resource belongs to account 2.', hint: 'Name a role.' },
    });
    return succeed(aResolution(finding, { fixes: [fix] }));
  };
  await journey.press('r');
  assert.match(said(journey), /Not from here: The resource belongs to account 2\.\nName a role\./);
  await journey.keys('enter');
  assert.equal(journey.state().toast?.text, 'The resource belongs to account 2.');
  assert.ok(!selectFooter(journey.state()).hints.some(({ label }) => label === 'make the fix'));
});

test('y copies the commands of the chosen fix', async () => {
  const journey = await open();
  await journey.press('r');
  await journey.press('y');
  await journey.press('c');
  assert.match(journey.world.copied[0] ?? '', /^aws iam update-assume-role-policy/);
});

test('r from a preview leads to the fix, and esc back to the preview', async () => {
  const journey = await open({ findings: [unusedPermissions()] });
  await journey.press('p');
  await journey.press('r');
  assert.equal(journey.state().panel?.kind, 'resolve');
  await journey.keys('esc');
  assert.equal(journey.state().panel?.kind, 'policy');
  await journey.keys('esc');
  assert.equal(journey.state().panel, undefined);
});

test('the panel stays with its finding, and what it does acts on that one, whatever is marked', async () => {
  const journey = await openJourney({
    findings: [trustedFromOutside(), unusedPermissions()],
  });
  await journey.press(' ');
  await journey.press('r');
  const about = journey.state().panel?.exposureId;
  await journey.press('a');
  const { dialog } = journey.state();
  assert.equal(dialog?.kind, 'confirm');
  assert.deepEqual(dialog.plan.exposureIds, [about]);
});

test('taking a fix back ends the wait for its proof and reads everything anew', async () => {
  const journey = await open();
  journey.world.proofOf = () => ({ kind: 'due', at: Date.UTC(2026, 5, 2) });
  await makeFix(journey);
  assert.equal(journey.state().proofs.size, 1);
  await journey.press('z');
  const { dialog } = journey.state();
  assert.equal(dialog?.kind, 'confirm');
  await journey.keys('enter');
  assert.equal(journey.state().proofs.size, 0);
  const { panel } = journey.state();
  assert.equal(panel?.kind === 'resolve' && panel.made, undefined);
  assert.equal(journey.world.calls.filter((call) => call.startsWith('resolve')).length, 2);
});

test('a fix that broke off half-way shows what was done, and takes it back on request', async () => {
  const journey = await open();
  const { plan } = removeTrust(trustedFromOutside());
  const [step] = plan?.operations ?? [];
  assert.ok(plan !== undefined && step?.change.kind === 'iam');
  const cell = { kind: 'instance-profile', instanceProfileName: 'p', roleName: 'r' } as const;
  const first = { ...step, change: { ...step.change, backup: { ...step.change.backup, cell } } };
  const operations = [first, ...plan.operations];
  journey.world.resolutionOf = (finding) =>
    succeed(aResolution(finding, { fixes: [removeTrust(finding, { plan: { ...plan, operations } })] }));
  journey.world.stepsThatFail.add('trust-policy');
  await makeFix(journey);
  const { dialog } = journey.state();
  assert.equal(dialog?.kind, 'outcome');
  const lines = selectOutcome(journey.state(), dialog.entryId).lines.map(
    ({ label, text }) => `${label ?? ''} ${text}`,
  );
  assert.ok(lines.some((line) => line === 'failed changes the trust policy of role cross-acct-00001'));
  assert.ok(lines.some((line) => line.includes('AccessDenied')));
  assert.equal(journey.state().proofs.size, 0, 'nothing to prove');
  await journey.press('z');
  assert.ok(journey.world.calls.some((call) => call.startsWith('plan undo')));
});

test('O asks for an organization, and the fixes are looked for anew with it', async () => {
  const journey = await open();
  await journey.press('r');
  await journey.press('O');
  await journey.press('o-a1');
  await journey.keys('enter');
  const { dialog } = journey.state();
  assert.match((dialog?.kind === 'organization' && dialog.problem) || '', /begins with o-/);
  await journey.press('b2c3d4e5f6');
  await journey.keys('enter');
  assert.equal(journey.state().dialog, undefined);
  assert.ok(
    journey.world.calls.some((call) => call.startsWith('resolve') && call.endsWith('o-a1b2c3d4e5f6')),
  );
  assert.deepEqual(journey.world.saved.organizations, [`${ACCOUNT} o-a1b2c3d4e5f6`]);
  const other = await open({ findings: [unusedPermissions()] });
  await other.press('r');
  await other.press('O');
  assert.match(other.state().toast?.text ?? '', /^Only the trust policy of a role/);
});

test('O offers the organization that was typed before, on this visit or an earlier one', async () => {
  const offered = async (organizations: Record<string, string>): Promise<string | undefined> => {
    const journey = await open({ organizations });
    await journey.keys('r', 'O');
    const { dialog } = journey.state();
    return dialog?.kind === 'organization' ? dialog.field.text : undefined;
  };
  const [own, other, third] = ['o-own0000000', 'o-other00000', 'o-third00000'];
  assert.equal(await offered({}), '');
  assert.equal(await offered({ [ACCOUNT]: own, '999999999999': other }), own);
  assert.equal(await offered({ '999999999999': other }), other, 'the one organization there is');
  assert.equal(await offered({ '999999999999': other, '888888888888': third }), '', 'any could be meant');

  const journey = await open({ organizations: { [ACCOUNT]: own } });
  await journey.keys('r', 'O', 'enter');
  assert.ok(journey.world.calls.some((call) => call.startsWith('resolve') && call.endsWith(own)));
  assert.deepEqual(journey.world.saved.organizations, [], 'nothing new to keep');
});

test('after a fix, esc leads to the list: the preview before it holds no more', async () => {
  const journey = await open({ findings: [unusedPermissions()] });
  journey.world.proofOf = () => ({ kind: 'due', at: Date.UTC(2026, 5, 2) });
  await journey.press('p');
  await makeFix(journey);
  await journey.keys('esc');
  assert.equal(journey.state().panel, undefined);
});
