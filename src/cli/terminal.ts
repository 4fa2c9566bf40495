/** What the environment says of the terminal. */

type Environment = Readonly<Record<string, string | undefined>>;

/** What says nothing of characters beyond ASCII: what an empty or missing locale says is not known. */
const PLAIN_LOCALE = /^(?:C|POSIX)$/;
const CHARSET = /\.([^@]+)/;

/**
 * Whether signs beyond ASCII reach the screen: not where the locale in force (POSIX: LC_ALL, else LC_CTYPE, else LANG)
 * names another character set, and not on the console of Linux, whose font has few of them. Without a locale nobody
 * knows, and nearly every terminal shows them.
 */
export function showsUnicode(env: Environment): boolean {
  if (env['TERM'] === 'linux') return false;
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((each) => each) ?? '';
  const charset = CHARSET.exec(locale)?.[1];
  return charset === undefined ? !PLAIN_LOCALE.test(locale) : /^utf-?8$/i.test(charset);
}

/**
 * Whether a screen can be drawn: not where the cursor cannot be placed, such as in the shell of an editor. What a screen
 * reader reads out needs none.
 */
export const canDrawScreen = (env: Environment): boolean =>
  env['TERM'] !== 'dumb' || env['INK_SCREEN_READER'] === 'true';
