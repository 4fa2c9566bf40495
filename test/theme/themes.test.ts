import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isHex, isTerminalColour, toRgb, TERMINAL_COLOURS } from '../../src/theme/colour.ts';
import { loadTheme } from '../../src/theme/load-theme.ts';
import { TOKENS } from '../../src/theme/tokens.ts';
import type { Theme } from '../../src/theme/theme.ts';
import { contrastRatio } from './contrast.ts';
import { shippedThemes } from './shipped.ts';

const texts = shippedThemes();

function shipped(name: string): Theme {
  const theme = loadTheme(name, texts);
  assert.ok(theme.ok, theme.ok ? '' : theme.problem.message);
  return theme.value;
}

test('the themes that the design names are there, and three that people know', () => {
  const named = ['default', 'dark', 'light', 'high-contrast', 'colour-blind', 'mono'];
  for (const name of [...named, 'solarized-dark', 'dracula', 'nord', 'gruvbox'])
    assert.ok(texts.has(name), name);
});

for (const name of texts.keys()) {
  test(`${name}: every text is readable on its background (WCAG 4.5)`, () => {
    const theme = shipped(name);
    for (const token of TOKENS) {
      const { fg, bg } = theme.tokens[token];
      const ground = bg ?? theme.background;
      if (ground === undefined) continue;
      assert.ok(
        isHex(ground) && fg !== undefined && isHex(fg),
        `${token}: both colours must be known to be compared`,
      );
      const ratio = contrastRatio(toRgb(fg), toRgb(ground));
      assert.ok(ratio >= 4.5, `${token}: ${fg} on ${ground} is ${ratio.toFixed(2)}`);
    }
  });

  test(`${name}: without a background of its own, only colours that common palettes keep readable on black and white`, () => {
    const theme = shipped(name);
    if (theme.background !== undefined) return assert.ok(!isTerminalColour(theme.background));
    // Yellow and the whites vanish on white, blue and black on black, bright-black is the background in Solarized.
    const safe = new Set(['default', 'red', 'green', 'magenta', 'cyan']);
    for (const token of TOKENS) {
      const { fg, bg } = theme.tokens[token];
      assert.ok(fg === undefined || safe.has(fg), `${token}: ${fg ?? ''}`);
      assert.equal(bg, undefined, `${token}: a background would meet an unknown foreground`);
    }
  });
}

test('the schema names the same meanings and colours as the loader', () => {
  const schema = JSON.parse(readFileSync(new URL('../../themes/schema.json', import.meta.url), 'utf8')) as {
    properties: { tokens: { properties: Record<string, unknown> } };
    $defs: { colour: { anyOf: readonly { enum?: readonly string[] }[] } };
  };
  assert.deepEqual(Object.keys(schema.properties.tokens.properties), [...TOKENS]);
  assert.deepEqual(schema.$defs.colour.anyOf[1]?.enum, ['default', ...TERMINAL_COLOURS]);
});

test('in the colour-blind theme danger and success differ in more than red against green', () => {
  const { tokens } = shipped('colour-blind');
  for (const [bad, good] of [
    ['public', 'resolved'],
    ['removed', 'added'],
    ['error', 'success'],
  ] as const) {
    const [a, b] = [tokens[bad].fg, tokens[good].fg];
    assert.ok(a !== undefined && b !== undefined && isHex(a) && isHex(b));
    assert.ok(Math.abs(toRgb(a).blue - toRgb(b).blue) > 100, `${bad} and ${good} must differ in blue`);
  }
});
