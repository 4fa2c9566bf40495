import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import type { AppState } from '../../src/app/state.ts';
import { cellWidth } from '../../src/domain/text.ts';
import { draw, lookOf, matchFrame, plainText } from './harness.tsx';
import { SCENES } from './scenes.ts';

/** Golden frames: plain text, as a person sees it. After a wanted change: UPDATE_FRAMES=1, and look at the diff. */

const SIZES = [
  { columns: 60, rows: 16 },
  { columns: 80, rows: 24 },
  { columns: 120, rows: 30 },
  { columns: 160, rows: 40 },
];

const at = (state: AppState, viewport: AppState['viewport']): AppState => ({ ...state, viewport });

for (const [name, scene] of Object.entries(SCENES)) {
  for (const viewport of SIZES) {
    test(`${name} at ${viewport.columns} columns`, () => {
      const frame = plainText(draw(at(scene(), viewport)));
      const lines = frame.split('\n');
      assert.equal(lines.length, viewport.rows, 'a frame fills the screen exactly');
      for (const line of lines) assert.ok(cellWidth(line) <= viewport.columns, `too wide: ${line}`);
      // What is left after the program's own escapes were taken away came from AWS or a person.
      assert.doesNotMatch(
        frame,
        /(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069\u200b]/u,
        'nothing steers the terminal',
      );
      matchFrame(`${viewport.columns}/${name}`, frame);
    });
  }
}

test('every golden frame belongs to a scene', () => {
  const folder = new URL('frames/', import.meta.url);
  const known = new Set(Object.keys(SCENES).map((name) => `${name}.txt`));
  for (const { columns } of SIZES) {
    for (const file of readdirSync(new URL(`${columns}/`, folder)))
      assert.ok(known.has(file), `${columns}/${file} has no scene`);
  }
});

/** The signs of names that these scenes have from AWS, which are shown as they are. */
const FOREIGN = /[\p{L}\p{So}\p{M}\u200d]/u;

for (const [name, scene] of Object.entries(SCENES)) {
  test(`${name} in ASCII: of its own the program writes nothing else`, () => {
    const state = at(scene(), { columns: 120, rows: 30 });
    const ascii = { ...state, mode: { ...state.mode, ascii: true } };
    const frame = plainText(draw(ascii, lookOf('mono', 'none', { ascii: true })));
    const others = [...frame.replace(/[\n -~]/g, '')].filter((sign) => !FOREIGN.test(sign));
    assert.deepEqual(others, []);
  });
}

for (const name of [
  'findings-many',
  'findings-marked',
  'dialog-confirm-public',
  'dialog-help',
  'overview',
  'analyzers',
  'change-running',
]) {
  test(`${name} in ASCII: the same places, only signs that every terminal has`, () => {
    const state = at(SCENES[name]?.() ?? assert.fail(), { columns: 120, rows: 30 });
    const ascii = { ...state, mode: { ...state.mode, ascii: true } };
    const frame = plainText(draw(ascii, lookOf('mono', 'none', { ascii: true })));
    assert.doesNotMatch(frame, /[^\n -~]/, 'only ASCII');
    matchFrame(`ascii/${name}`, frame);
  });
}

test('colours are never alone: without them a frame has the same text', () => {
  for (const scene of Object.values(SCENES)) {
    const state = at(scene(), { columns: 120, rows: 30 });
    const plain = plainText(draw(state, lookOf('default', 'none')));
    for (const theme of ['default', 'dracula', 'light']) {
      assert.equal(plainText(draw(state, lookOf(theme, 'truecolor'))), plain, theme);
    }
  }
});

test('a terminal that is too small says so, at any size', () => {
  for (const viewport of [
    { columns: 59, rows: 24 },
    { columns: 80, rows: 11 },
    { columns: 20, rows: 3 },
    { columns: 1, rows: 1 },
  ]) {
    const frame = plainText(draw(at(SCENES['findings-many']?.() ?? assert.fail(), viewport)));
    assert.ok(frame.split('\n').length <= viewport.rows);
    if (viewport.columns > 30 && viewport.rows > 3) assert.match(frame, /This terminal is \d+×\d+\./);
  }
});
