/** The rule editor without services: what comes late is dropped, what is wrong brings the editor back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dialog } from '../../src/app/dialog.ts';
import type { Message } from '../../src/app/message.ts';
import { FOCUS, type RuleEditor } from '../../src/app/rules/rule-editor.ts';
import type { AppState } from '../../src/app/state.ts';
import { fieldOf } from '../../src/app/text-field.ts';
import { update } from '../../src/app/update.ts';
import { fail } from '../../src/domain/problem.ts';
import { manyExposures, stateWith } from '../ui/fixture.ts';
import { COMPLETED_RULE, RULE_EDITOR, SCROLLED_RULE } from '../ui/rule-editor-fixture.ts';

const open = (editor: RuleEditor): AppState =>
  stateWith(manyExposures(3), { serial: editor.serial, dialog: { openedAt: 0, ...editor } });

function editorOf({ dialog }: AppState): Extract<Dialog, { kind: 'rule' }> {
  assert.ok(dialog?.kind === 'rule');
  return dialog;
}

/** Each key in a chunk of its own: a dialog ignores the rest of the chunk that opened it. */
const press = (state: AppState, chord: string, chunk = 9) => update(state, { kind: 'key', chord, chunk });

const typed = (focus: number): RuleEditor => ({ ...COMPLETED_RULE, focus });

test('an answer to an earlier keystroke changes nothing', () => {
  const state = open(typed(FOCUS.firstLine + 2));
  const trial = RULE_EDITOR.trial;
  assert.ok(trial !== undefined);
  const late: readonly Message[] = [
    { kind: 'criteria-values-loaded', text: 'principal.AWS = 4', values: [{ value: '4', count: 1 }] },
    { kind: 'rule-tried', serial: 0, trial, found: { offset: 0, rows: [] } },
    { kind: 'found-loaded', serial: 0, found: { offset: 0, rows: [] } },
  ];
  for (const message of late) assert.equal(update(state, message)[0], state, message.kind);
});

test('values are offered by how many findings carry them; one that a line cannot hold is not', () => {
  const state = open(typed(FOCUS.firstLine + 2));
  const [after] = update(state, {
    kind: 'criteria-values-loaded',
    text: 'principal.AWS = 44',
    values: [
      { value: '444455556666', count: 1204 },
      { value: '44|55', count: 80 },
      { value: '44\u202e', count: 7 },
      { value: '44', count: 3 },
    ],
  });
  assert.deepEqual(editorOf(after).completing.completions, [
    { insert: '444455556666', from: 16, to: 18, hint: '1,204' },
  ]);
});

test('down chooses, tab takes: the value is in the line, and the rule is tried', () => {
  const [chosen] = press(open({ ...typed(FOCUS.firstLine + 2) }), 'down');
  const [taken, effects] = press(chosen, 'tab');
  assert.equal(editorOf(taken).lines[2]?.text, 'principal.AWS = 444455556666');
  assert.deepEqual(editorOf(taken).completing.completions, []);
  assert.deepEqual(
    effects.map(({ kind }) => kind),
    ['try-rule'],
  );
});

test('scrolling beyond what is loaded asks for that part alone', () => {
  const [after, effects] = press(open(SCROLLED_RULE), 'pgdown');
  const [effect] = effects;
  assert.ok(effect?.kind === 'load-found');
  assert.ok(editorOf(after).top > SCROLLED_RULE.top);
  assert.ok(effect.offset <= editorOf(after).top);
  assert.equal(press(open({ ...SCROLLED_RULE, top: 0 }), 'pgup')[1].length, 0, 'at the top already');
});

test('a plan that cannot be made leads back to what was written, and says why', () => {
  const [planning, effects] = press(open({ ...RULE_EDITOR, lines: RULE_EDITOR.lines }), 'enter');
  const [effect] = effects;
  assert.ok(effect?.kind === 'plan');
  const { serial, request } = effect;
  const message = 'The analyzer has a rule of this name.';
  const [back] = update(planning, {
    kind: 'planned',
    serial,
    request,
    result: fail({ kind: 'conflict', message }),
  });
  assert.equal(editorOf(back).problem, message);
  assert.deepEqual(editorOf(back).lines, RULE_EDITOR.lines);
  assert.equal(
    press(planning, 'esc', 10)[0].dialog?.kind,
    'rule',
    'esc while it is planned leads back as well',
  );
});

test('an error goes with the edit of any field, and the count is asked for again', () => {
  const nameless = { ...RULE_EDITOR, focus: FOCUS.name, name: fieldOf(''), named: true };
  const [refused] = press(open(nameless), 'enter');
  assert.equal(editorOf(refused).problem, 'A rule needs a name.');
  const [renamed, effects] = press(refused, 'a');
  assert.equal(editorOf(renamed).problem, undefined);
  assert.equal(editorOf(renamed).name.text, 'a');
  assert.deepEqual(
    effects.map(({ kind }) => kind),
    ['try-rule'],
  );
  const [applied] = press(open({ ...editorOf(refused), focus: FOCUS.apply }), 'space');
  assert.equal(editorOf(applied).problem, undefined);
});

test('a criterion that is wrong is still said after the name was edited', () => {
  const wrong = { ...RULE_EDITOR, focus: FOCUS.name, lines: [fieldOf('nonsense')], trial: undefined };
  const [refused] = press(open(wrong), 'enter');
  const [renamed] = press(refused, 'a');
  assert.ok(editorOf(refused).problem !== undefined);
  assert.equal(editorOf(renamed).problem, editorOf(refused).problem);
});
