import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatClipboard } from '../../src/services/clipboard.ts';

const text = 'arn:aws:s3:::photos';
const plain = `\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`;

describe('the clipboard sequence', () => {
  it('is OSC 52 on a terminal', () => {
    assert.equal(formatClipboard(text, { TERM: 'xterm-256color' }), plain);
  });

  it('goes plain and wrapped through tmux, whose escapes are doubled inside', () => {
    assert.equal(
      formatClipboard(text, { TMUX: '/tmp/tmux', TERM: 'screen' }),
      `${plain}\u001bPtmux;${plain.replaceAll('\u001b', '\u001b\u001b')}\u001b\\`,
    );
  });

  it('goes in pieces through screen', () => {
    const long = 'x'.repeat(2000);
    const wrapped = formatClipboard(long, { TERM: 'screen.xterm' });
    const pieces = wrapped.split('\u001b\\').filter((piece) => piece !== '');
    assert.ok(pieces.length > 3);
    assert.ok(pieces.every((piece) => piece.startsWith('\u001bP') && piece.length <= 768));
    assert.equal(pieces.map((piece) => piece.slice(2)).join(''), formatClipboard(long, { TERM: 'xterm' }));
  });
});
