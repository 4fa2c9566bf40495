import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadTheme } from '../../src/theme/load-theme.ts';
import { FALLBACK, TOKENS } from '../../src/theme/tokens.ts';

const texts = (files: Record<string, unknown>): Map<string, string> =>
  new Map(
    Object.entries(files).map(([name, file]) => [
      name,
      typeof file === 'string' ? file : JSON.stringify(file),
    ]),
  );

function problemOf(files: Record<string, unknown>, name = 'mine'): string {
  const theme = loadTheme(name, texts(files));
  assert.ok(!theme.ok);
  assert.equal(theme.problem.kind, 'settings');
  assert.ok(theme.problem.hint, 'every problem says what to do');
  return theme.problem.message;
}

test('an empty theme is whole: everything is the text of the terminal', () => {
  const theme = loadTheme('mine', texts({ mine: {} }));
  assert.ok(theme.ok);
  for (const token of TOKENS) assert.deepEqual(theme.value.tokens[token], {});
  assert.equal(theme.value.background, undefined);
});

test('a child wins over its parent, and a missing meaning takes its fallback', () => {
  const theme = loadTheme(
    'mine',
    texts({
      mine: { title: 'Mine', parent: 'base', tokens: { error: 'red' } },
      base: {
        background: '#101010',
        tokens: { text: '#eeeeee', error: '#ff0000', accent: { fg: 'cyan', bold: true } },
      },
    }),
  );
  assert.ok(theme.ok);
  const { tokens, background, title } = theme.value;
  assert.equal(title, 'Mine');
  assert.equal(background, '#101010');
  assert.deepEqual(tokens.error, { fg: 'red' });
  assert.deepEqual(tokens.public, { fg: 'red' }, 'public → error');
  assert.deepEqual(tokens.key, { fg: 'cyan', bold: true }, 'key → accent');
  assert.deepEqual(tokens.border, { fg: '#eeeeee' }, 'border → muted → text');
});

test('"default" takes the background of the parent away', () => {
  const theme = loadTheme(
    'mine',
    texts({ mine: { parent: 'base', background: 'default' }, base: { background: '#101010' } }),
  );
  assert.ok(theme.ok);
  assert.equal(theme.value.background, undefined);
});

test('every fallback chain ends at text', () => {
  for (const token of TOKENS) {
    let at = token;
    for (let steps = 0; at !== 'text'; steps++) {
      assert.ok(steps < TOKENS.length, `${token} never ends`);
      at = FALLBACK[at];
    }
  }
});

test('what is wrong is named with its place', () => {
  assert.match(problemOf({ mine: { tokens: { pubic: 'red' } } }), /tokens\.pubic is unknown/);
  assert.match(
    problemOf({ mine: { tokens: { public: 'rde' } } }),
    /tokens\.public is "rde", which is not a colour/,
  );
  assert.match(
    problemOf({ mine: { tokens: { public: { fg: '#12345' } } } }),
    /tokens\.public\.fg is "#12345"/,
  );
  assert.match(
    problemOf({ mine: { tokens: { public: { blink: true } } } }),
    /tokens\.public\.blink is unknown/,
  );
  assert.match(
    problemOf({ mine: { tokens: { public: { bold: 'yes' } } } }),
    /tokens\.public\.bold must be true or false/,
  );
  assert.match(problemOf({ mine: { tokens: [] } }), /tokens is not an object/);
  assert.match(problemOf({ mine: { colors: {} } }), /colors is unknown/);
  assert.match(problemOf({ mine: { parent: 1 } }), /parent must be a text/);
  assert.match(problemOf({ mine: '{"tokens": ' }), /the file is not JSON/);
  assert.match(problemOf({ mine: '[]' }), /does not hold a JSON object/);
});

test('a missing theme or parent gets the nearest name', () => {
  assert.match(problemOf({ dracula: {} }, 'dracla'), /There is no theme dracla\. Did you mean dracula\?/);
  assert.match(
    problemOf({ mine: { parent: 'drk' }, dark: {} }),
    /its parent drk does not exist\. Did you mean dark\?/,
  );
});

test('a circle of parents is shown whole', () => {
  const circle = { mine: { parent: 'a' }, a: { parent: 'b' }, b: { parent: 'a' } };
  assert.match(problemOf(circle), /go in a circle \(a → b → a\)/);
});
