import { cleanText } from './text.ts';

/** Command lines as a person would paste them into a POSIX shell. */
const NEEDS_NO_QUOTES = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** `$'…'` escapes of bash, zsh and ksh keep control and bidirectional characters out of what is shown and copied. */
function escapeUnprintable(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff
    ? `\\u${code.toString(16).padStart(4, '0')}`
    : `\\U${code.toString(16).padStart(8, '0')}`;
}

/** Made when it is asked for: looking up these properties takes some milliseconds of a start. */
const unprintable = (): RegExp => /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** One argument, quoted only where it has to be. */
export function shellQuote(arg: string): string {
  if (NEEDS_NO_QUOTES.test(arg)) return arg;
  const escaped = arg.replace(/[\\']/g, '\\$&').replace(unprintable(), escapeUnprintable);
  if (unprintable().test(arg)) return `$'${escaped}'`;
  return `'${arg.replaceAll("'", `'\\''`)}'`;
}

/** Where a command is to be run. */
export interface CommandPlace {
  readonly profile?: string;
  readonly region: string;
  /**
   * The command belongs to another account than the profile's: whose credentials it takes. The profile then stands in
   * capitals, for the person to fill in: names of roles and users are the same in many accounts.
   */
  readonly as?: string;
}

/**
 * An AWS CLI command line. `words` follow `aws`: service, operation and options, unquoted.
 * The profile is named unless it is the default one.
 */
export function awsCommand(words: readonly string[], { profile, region, as }: CommandPlace): string {
  const named = as === undefined ? profile : 'PROFILE';
  const place = named === undefined || named === 'default' ? [] : ['--profile', named];
  const line = ['aws', ...words, '--region', region, ...place].map(shellQuote).join(' ');
  return as === undefined ? line : `${line} # PROFILE: ${cleanText(as)}`;
}
