import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import './fixed-seed.ts';
import { toJsonText } from '../../src/domain/json-text.ts';

test('JSON for a terminal says the same, and nothing in it steers the terminal or hides', () => {
  const unit = fc.oneof(
    fc.constantFrom(
      '\u009b',
      '\u007f',
      '\u202e',
      '\u2028',
      '\u{e0041}',
      '\u001b',
      '日',
      '👩‍🚀',
      '"',
      '\\',
      '\n',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  );
  const text = fc.string({ unit });
  fc.assert(
    fc.property(fc.dictionary(text, text), fc.constantFrom(undefined, 2), (value, indent) => {
      const json = toJsonText(value, indent);
      assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(value)));
      assert.doesNotMatch(json, /[\u0000-\u0009\u000b-\u001f\p{Cf}\p{Zl}\p{Zp}\u007f-\u009f]/u);
    }),
  );
});
