import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectMenu } from '../../src/app/selectors/menus.ts';
import { DEFAULT_SORT } from '../../src/domain/listing.ts';
import { formatDialog } from '../../src/ui/dialogs/format-dialog.ts';
import { lineText } from '../../src/ui/line.ts';
import { SCENES } from './scenes.ts';

const READ: ReadonlySet<string> = new Set(['confirm', 'help', 'outcome', 'recovered']);

test('a dialog names the keys that scroll exactly where there is something to scroll', () => {
  const seen = new Set<string>();
  for (const [name, scene] of Object.entries(SCENES)) {
    const state = scene();
    if (!READ.has(state.dialog?.kind ?? '')) continue;
    for (const rows of [13, 24, 200]) {
      const box = formatDialog({ ...state, viewport: { columns: 60, rows } });
      const more = box?.lines.some((line) => /^[↑↓]+ \d+–\d+ of \d+$/.test(lineText(line)));
      const foot = lineText(box?.foot ?? []);
      assert.equal(foot.includes('↑↓ scroll'), more, `${name}, ${rows} rows: ${foot}`);
      assert.ok(foot.length <= 50, `cut on a narrow screen: ${foot}`);
      seen.add(`${state.dialog?.kind ?? ''} ${more}`);
    }
  }
  assert.deepEqual([...seen].sort(), [...READ].flatMap((kind) => [`${kind} false`, `${kind} true`]).sort());
});

test('tab is named where there are two fields: what is said after a refused enter is none', () => {
  const state = SCENES['resolve-confirm']?.() ?? assert.fail();
  const { dialog } = state;
  assert.ok(dialog?.kind === 'confirm' && dialog.plan.typedWord !== undefined);
  const footOf = (over: Partial<typeof dialog>): string =>
    lineText(formatDialog({ ...state, dialog: { ...dialog, ...over } })?.foot ?? []);
  const problem = 'Type apply to go on, or esc to leave.';
  assert.doesNotMatch(footOf({ problem }), /tab/);
  assert.match(footOf({ problem, plan: { ...dialog.plan, kind: 'archive' } }), /tab field/);
});

test('why the chosen command of the palette cannot be run stands below it, whole, on narrow screens, too', () => {
  const state = SCENES['dialog-palette']?.() ?? assert.fail();
  const field = { text: 'recommended policy', caret: 18 };
  const box = formatDialog({
    ...state,
    viewport: { columns: 60, rows: 24 },
    dialog: { kind: 'palette', field, chosen: 0, openedAt: 0 },
  });
  const lines = (box?.lines ?? []).map(lineText);
  assert.match(lines.join(' '), / Policies are .* only: r +leads to the fix\.$/);
  assert.ok(lines.every((line) => line.length <= 52));
});

test('del is named for views of one’s own: those of the program cannot be deleted', () => {
  const state = SCENES['dialog-menu-views']?.() ?? assert.fail();
  const views = [
    { name: 'Active', filter: '', sort: DEFAULT_SORT, shipped: true },
    { name: 'mine', filter: '', sort: DEFAULT_SORT, shipped: false },
  ];
  const menu = selectMenu({ ...state, views }, 'views');
  const footOf = (chosen: number): string =>
    lineText(formatDialog({ ...state, dialog: { kind: 'menu', menu, chosen, openedAt: 0 } })?.foot ?? []);
  assert.doesNotMatch(footOf(0), /del/);
  assert.match(footOf(1), /del delete/);
  assert.doesNotMatch(footOf(2), /del/);
});
