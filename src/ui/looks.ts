import { loadTheme, type ThemeTexts } from '../theme/load-theme.ts';
import { resolveTheme, type ColourDepth } from '../theme/resolve.ts';
import type { Theme } from '../theme/theme.ts';
import type { Look } from './paint.ts';

export interface LookOptions {
  readonly texts: ThemeTexts;
  readonly depth: ColourDepth;
  readonly ascii: boolean;
  readonly links: boolean;
}

export type Looks = (themeName: string) => Look;

/** When nothing can be loaded, not even the default theme: everything as the terminal has it. */
const BARE_THEME = '{}';

function themeOf(name: string, texts: ThemeTexts): Theme | undefined {
  const theme = loadTheme(name, texts);
  return theme.ok ? theme.value : undefined;
}

/**
 * Looks by theme name, each made once. A theme that cannot be loaded looks like the default one: what is wrong with it
 * has been said where the themes were listed, and the console must open all the same.
 */
export function createLooks({ texts, depth, ascii, links }: LookOptions): Looks {
  const known = new Map<string, Look>();
  const bare = themeOf('bare', new Map([['bare', BARE_THEME]]));
  const plain = themeOf('default', texts) ?? bare;
  if (plain === undefined) throw new Error('A theme without any look must load.');
  return (name) => {
    const made = known.get(name);
    if (made !== undefined) return made;
    const look = { palette: resolveTheme(themeOf(name, texts) ?? plain, plain, depth), ascii, links };
    known.set(name, look);
    return look;
  };
}

/** Terminals that show OSC 8 as text are rare, but they exist: only those that are known to have links get them. */
export function knowsLinks(env: Readonly<Record<string, string | undefined>>): boolean {
  if ((env['TERM'] ?? 'dumb') === 'dumb' || env['TERM'] === 'linux') return false;
  if (env['FORCE_HYPERLINK'] !== undefined) return env['FORCE_HYPERLINK'] !== '0';
  const programs = /^(iTerm\.app|WezTerm|vscode|ghostty|Hyper|rio)$/;
  if (programs.test(env['TERM_PROGRAM'] ?? '')) return true;
  if (['WT_SESSION', 'KITTY_WINDOW_ID', 'KONSOLE_VERSION', 'DOMTERM'].some((name) => env[name] !== undefined))
    return true;
  return (
    Number.parseInt(env['VTE_VERSION'] ?? '0', 10) >= 5000 || /kitty|alacritty|foot/.test(env['TERM'] ?? '')
  );
}
