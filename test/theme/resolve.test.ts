import assert from 'node:assert/strict';
import { test } from 'node:test';
import { to256 } from '../../src/theme/colour.ts';
import { loadTheme } from '../../src/theme/load-theme.ts';
import { colourDepth, resolveTheme, type ColourDepth } from '../../src/theme/resolve.ts';
import { TOKENS } from '../../src/theme/tokens.ts';
import { shippedThemes } from './shipped.ts';

const texts = shippedThemes();

function paletteOf(name: string, depth: ColourDepth): ReturnType<typeof resolveTheme> {
  const [theme, plain] = [loadTheme(name, texts), loadTheme('default', texts)];
  assert.ok(theme.ok && plain.ok);
  return resolveTheme(theme.value, plain.value, depth);
}

test('the environment decides the depth', () => {
  assert.equal(colourDepth({ TERM: 'xterm' }, false), '16');
  assert.equal(colourDepth({ TERM: 'tmux-256color' }, false), '256');
  assert.equal(colourDepth({ TERM: 'xterm-256color', COLORTERM: 'truecolor' }, false), 'truecolor');
  assert.equal(colourDepth({ TERM: 'xterm-256color', NO_COLOR: '1' }, false), 'none');
  assert.equal(
    colourDepth({ TERM: 'xterm-256color', NO_COLOR: '' }, false),
    '256',
    'an empty NO_COLOR asks for nothing',
  );
  assert.equal(colourDepth({ TERM: 'xterm-256color' }, true), 'none');
  assert.equal(colourDepth({ TERM: 'dumb' }, false), 'none');
});

test('without colours no sequence sets one, and bold stays', () => {
  for (const name of texts.keys()) {
    const palette = paletteOf(name, 'none');
    for (const token of TOKENS)
      assert.doesNotMatch(palette.open[token], /\[(3|4|9|10)\d/, `${name} ${token}`);
    assert.equal(palette.fills, false);
  }
  assert.equal(paletteOf('dracula', 'none').open.public, '\u001b[1m');
});

test('with sixteen colours no sequence asks for more', () => {
  for (const name of texts.keys()) {
    const palette = paletteOf(name, '16');
    for (const token of TOKENS) assert.doesNotMatch(palette.open[token], /[34]8;/, `${name} ${token}`);
  }
});

test('each depth writes a colour its own way, and closes what it opened', () => {
  assert.equal(
    paletteOf('dracula', 'truecolor').open.success,
    '\u001b[48;2;40;42;54m\u001b[38;2;80;250;123m',
  );
  assert.equal(paletteOf('dracula', '256').open.success, '\u001b[48;5;236m\u001b[38;5;84m');
  assert.equal(paletteOf('default', '16').open.public, '\u001b[31m\u001b[1m');
  assert.equal(paletteOf('default', '16').close.public, '\u001b[22m\u001b[39m');
});

test('the 256-colour palette: corners of the cube and the grey ramp', () => {
  assert.equal(to256({ red: 0, green: 0, blue: 0 }), 16);
  assert.equal(to256({ red: 255, green: 255, blue: 255 }), 231);
  assert.equal(to256({ red: 255, green: 0, blue: 0 }), 196);
  assert.equal(to256({ red: 128, green: 128, blue: 128 }), 244);
});
