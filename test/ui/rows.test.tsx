import assert from 'node:assert/strict';
import { test } from 'node:test';
import { render } from 'ink-testing-library';
import { span } from '../../src/ui/line.ts';
import { Rows } from '../../src/ui/rows.tsx';
import { lookOf, plainText } from './harness.tsx';

test('rows stand below each other, each cut to the width, empty ones too', () => {
  const lines = [[span('one')], [], [span('a line that is longer'), span(' than its room', 'muted')]];
  const { lastFrame, unmount } = render(<Rows lines={lines} look={lookOf('mono', 'none')} width={12} />);
  assert.equal(plainText(lastFrame() ?? ''), 'one\n\na line that…');
  unmount();
});

test('in ASCII the signs of this program are replaced one for one', () => {
  const look = lookOf('mono', 'none', { ascii: true });
  const { lastFrame, unmount } = render(
    <Rows lines={[[span('▌✓ ●●○○ a · b ≠ “c”…')]]} look={look} width={20} />,
  );
  assert.equal(lastFrame(), '>* ##.. a - b ! "c"~');
  unmount();
});
