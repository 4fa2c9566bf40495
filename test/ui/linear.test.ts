import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatLinear } from '../../src/ui/linear/format-linear.ts';
import { drawLinear, matchFrame } from './harness.tsx';
import { SCENES } from './scenes.ts';

for (const [name, scene] of Object.entries(SCENES)) {
  test(`${name} for a screen reader`, () => {
    const text = formatLinear(scene()).join('\n');
    assert.doesNotMatch(text, /[─│╭╮╰╯█░▌]/u, 'nothing is drawn');
    assert.doesNotMatch(text, /(?!\n)\p{Cc}/u, 'nothing steers the terminal');
    matchFrame(`linear/${name}`, text);
  });
}

test('Ink writes the sentences in its screen reader mode', () => {
  const scene = SCENES['findings-many'] ?? assert.fail();
  const written = drawLinear(scene());
  assert.match(written, /Row 1 of 40: public, s3 ext-data-00000, everyone · GetObject \+1, risk 4 of 4/);
});
