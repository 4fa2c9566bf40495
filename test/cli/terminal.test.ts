import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { showsUnicode } from '../../src/cli/terminal.ts';

describe('Signs beyond ASCII are drawn', () => {
  const shown: readonly (readonly [string, Record<string, string>])[] = [
    ['where no locale is set', {}],
    ['in UTF-8', { LANG: 'de_DE.UTF-8' }],
    ['in the C locale of UTF-8', { LC_ALL: 'C.utf8', LANG: 'C' }],
    ['where a locale names no character set', { LANG: 'en_GB' }],
    ['where LC_ALL is empty and LC_CTYPE is UTF-8', { LC_ALL: '', LC_CTYPE: 'C.UTF-8', LANG: 'C' }],
  ];
  for (const [name, env] of shown) it(name, () => assert.equal(showsUnicode(env), true));

  const plain: readonly (readonly [string, Record<string, string>])[] = [
    ['in the C locale', { LANG: 'C' }],
    ['in that of POSIX', { LC_ALL: 'POSIX', LANG: 'en_GB.UTF-8' }],
    ['in Latin-1', { LC_CTYPE: 'de_DE.ISO-8859-1@euro', LANG: 'en_GB.UTF-8' }],
    ['on the console of Linux', { TERM: 'linux', LANG: 'en_GB.UTF-8' }],
  ];
  for (const [name, env] of plain) it(`but not ${name}`, () => assert.equal(showsUnicode(env), false));
});
