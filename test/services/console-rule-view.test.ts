/** Reading a rule whole on the Rules screen, over the real services. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectFooter } from '../../src/app/selectors/footer.ts';
import { selectRuleLines } from '../../src/app/selectors/rule-view.ts';
import { selectRuleRows, selectRuleUnder } from '../../src/app/selectors/rules.ts';
import type { AppState } from '../../src/app/state.ts';
import { confirm, type Console, withConsole } from './console-harness.ts';

const textOf = (state: AppState): string =>
  selectRuleLines(state)
    .map(({ label, text }) => `${label ?? ''}|${text}`)
    .join('\n');

async function goTo(console: Console, name: string, region: string): Promise<void> {
  await console.keys('2', 'g');
  const at = selectRuleRows(console.state()).findIndex((row) => row.name === name && row.region === region);
  assert.ok(at >= 0, `${name} in ${region}`);
  await console.keys(...Array<string>(at).fill('j'));
}

test('enter opens a rule whole, j scrolls it, J turns to the next one, esc leads back to the table', async () => {
  await withConsole(async (console) => {
    await goTo(console, 'own-organization', 'eu-west-1');
    await console.keys('enter');
    const { rules } = console.state();
    assert.equal(rules.open?.hidden?.length, 3, 'what it hides now');
    const text = textOf(console.state());
    assert.match(text, /^archives\|condition\.aws:PrincipalOrgID/m);
    assert.match(text, /^hides now\|3 archived · 0 of them public/m);
    assert.match(text, /^last hit\|/m);
    assert.match(text, /^created\|\d{4}-\d\d-\d\d/m);
    assert.match(text, /The same name elsewhere/);
    assert.match(text, /^us-west-2\|the same filter · hides 3/m);
    for (const row of rules.open?.hidden ?? []) assert.equal(row.status, 'ARCHIVED');

    console.store.dispatch({ kind: 'resize', columns: 80, rows: 14 });
    await console.keys('G');
    assert.ok((console.state().rules.open?.scroll ?? 0) > 0);
    await console.keys('J');
    assert.equal(selectRuleUnder(console.state())?.rule.region, 'us-west-2');
    assert.equal(console.state().rules.open?.scroll, 0, 'the next one from its beginning');
    assert.equal(console.state().rules.open?.hidden?.length, 3);
    await console.keys('esc');
    assert.equal(console.state().rules.open, undefined);
    assert.equal(console.state().screen, 'rules');
  });
});

test('from an open rule enter leads to what it hides, on the Findings screen', async () => {
  await withConsole(async (console) => {
    await goTo(console, 'own-organization', 'eu-west-1');
    await console.keys('enter');
    const hidden = console.state().rules.open?.hidden ?? [];
    assert.ok(selectFooter(console.state()).hints.some(({ label }) => label === 'findings'));
    await console.keys('enter');
    const { screen, list } = console.state();
    assert.equal(screen, 'findings');
    assert.equal(list.counts?.findings, 3);
    assert.deepEqual(
      list.rows.map(({ exposureId }) => exposureId),
      hidden.map(({ exposureId }) => exposureId),
    );
  });
});

test('a rule that is deleted while it is open leads back to the table; its undo brings it back', async () => {
  await withConsole(
    async (console) => {
      await goTo(console, 'own-organization', 'eu-west-1');
      await console.keys('enter', 'U');
      const said = await confirm(console, /^Delete archive rule own-organization/, 'delete');
      assert.ok(
        said.some((line) => /· 3 findings$/.test(line)),
        said.join('\n'),
      );
      assert.equal(console.state().rules.open, undefined);
      assert.ok(selectRuleRows(console.state()).every(({ name }) => name !== 'own-organization'));
      await console.keys('z');
      await confirm(console, /^Undo/);
      const row = selectRuleRows(console.state()).find(({ name }) => name === 'own-organization');
      assert.equal(row?.hides, '3', 'the rule and what it hid');
    },
    ['eu-west-1'],
  );
});

test('the cursor follows its rule when others come and go', async () => {
  await withConsole(
    async (console) => {
      await goTo(console, 'single-sign-on', 'eu-west-1');
      const before = selectRuleRows(console.state()).length;
      const { store } = console;
      store.dispatch({
        kind: 'plan-rule',
        request: { kind: 'rule-delete', name: 'own-organization', unarchive: false },
      });
      await store.idle();
      await confirm(console, /^Delete archive rule own-organization/, 'delete');
      assert.equal(selectRuleRows(console.state()).length, before - 1);
      assert.equal(selectRuleUnder(console.state())?.rule.ruleName, 'single-sign-on');
    },
    ['eu-west-1'],
  );
});
