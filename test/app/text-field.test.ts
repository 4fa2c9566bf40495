import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../domain/fixed-seed.ts';
import { editField, emptyField, fieldOf, foldPaste, insertText } from '../../src/app/text-field.ts';
import type { TextField } from '../../src/app/text-field.ts';

const type = (field: TextField, ...chords: string[]): TextField =>
  chords.reduce((now, chord) => editField(now, chord) ?? now, field);

test('letters go in at the caret', () => {
  assert.deepEqual(type(emptyField, 'a', 'b', 'left', 'X'), { text: 'aXb', caret: 2 });
});

test('the caret moves and deletes by graphemes', () => {
  const field = fieldOf('a👩‍🚀e\u0301');
  assert.deepEqual(type(field, 'backspace'), { text: 'a👩‍🚀', caret: 6 });
  assert.deepEqual(type(field, 'backspace', 'backspace'), { text: 'a', caret: 1 });
  assert.deepEqual(type(field, 'home', 'right', 'delete'), { text: 'ae\u0301', caret: 1 });
});

test('readline keys', () => {
  const field = fieldOf('status:active public:yes');
  assert.equal(type(field, 'ctrl+w').text, 'status:active ');
  assert.equal(type(field, 'ctrl+w', 'ctrl+w').text, '');
  assert.equal(type(field, 'ctrl+u').text, '');
  assert.equal(type(field, 'ctrl+a', 'ctrl+k').text, '');
  assert.equal(type(field, 'ctrl+a').caret, 0);
});

test('a key that does not edit is not taken; one that changes nothing gives the same field', () => {
  assert.equal(editField(emptyField, 'f5'), undefined);
  assert.equal(editField(emptyField, 'enter'), undefined);
  assert.equal(editField(emptyField, 'backspace'), emptyField);
  assert.equal(editField(emptyField, 'left'), emptyField);
});

test('whatever is typed, the caret stays within the text and between graphemes', () => {
  const chord = fc.constantFrom(
    'a',
    '👩‍🚀',
    'e\u0301',
    'left',
    'right',
    'home',
    'end',
    'backspace',
    'delete',
    'ctrl+w',
    'ctrl+k',
    'space',
  );
  fc.assert(
    fc.property(fc.array(chord), (chords) => {
      const field = type(emptyField, ...chords);
      assert.ok(field.caret >= 0 && field.caret <= field.text.length);
      assert.doesNotMatch(field.text.slice(0, field.caret), /[\ud800-\udbff]$/u);
    }),
  );
});

test('a paste becomes one line without control characters', () => {
  assert.equal(foldPaste('q\r\nrm -rf\t/\u001b[2J\n'), 'q rm -rf /[2J');
  assert.deepEqual(insertText({ text: 'ab', caret: 1 }, 'XY'), { text: 'aXYb', caret: 3 });
});
