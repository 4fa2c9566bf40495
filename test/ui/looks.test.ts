import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLooks, knowsLinks } from '../../src/ui/looks.ts';
import { shippedThemes } from '../theme/shipped.ts';

const options = { depth: 'truecolor', ascii: false, links: false } as const;

test('a theme is made once, and a broken or unknown one looks like the default', () => {
  const texts = new Map([...shippedThemes(), ['broken', '{']]);
  const looks = createLooks({ ...options, texts });
  assert.equal(looks('dracula'), looks('dracula'));
  assert.deepEqual(looks('broken').palette.open, looks('default').palette.open);
  assert.deepEqual(looks('nowhere').palette.open, looks('default').palette.open);
});

test('without any theme file the console still has a look', () => {
  const look = createLooks({ ...options, texts: new Map() })('default');
  assert.equal(look.palette.open.public, '');
});

test('links only where a terminal is known to have them', () => {
  assert.equal(knowsLinks({ TERM: 'xterm-256color' }), false);
  assert.equal(knowsLinks({ TERM: 'dumb', TERM_PROGRAM: 'iTerm.app' }), false);
  assert.equal(knowsLinks({ TERM: 'xterm-256color', TERM_PROGRAM: 'WezTerm' }), true);
  assert.equal(knowsLinks({ TERM: 'xterm-256color', VTE_VERSION: '6800' }), true);
  assert.equal(knowsLinks({ TERM: 'xterm-kitty' }), true);
  assert.equal(knowsLinks({ TERM: 'xterm-kitty', FORCE_HYPERLINK: '0' }), false);
});
