import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import './fixed-seed.ts';
import { LateSegmenter } from '../../src/domain/late-segmenter.ts';

const text = fc
  .array(
    fc.oneof(
      fc.string({ maxLength: 4 }),
      fc.constantFrom(
        '●',
        '漢字',
        '한글',
        'カナ',
        '\u001b[1m',
        '\n',
        '\r\n',
        '\t',
        'é',
        'e\u0301',
        '👍🏽',
        '🇩🇪',
        '\ud83d',
      ),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

test('graphemes are those of Intl.Segmenter, whichever way they are found', () => {
  const late = new LateSegmenter();
  const whole = new Intl.Segmenter();
  fc.assert(
    fc.property(text, fc.nat({ max: 12 }), (input, at) => {
      assert.deepEqual([...late.segment(input)], [...whole.segment(input)]);
      assert.deepEqual(late.segment(input).containing(at), whole.segment(input).containing(at));
    }),
    { numRuns: 1_000 },
  );
});
