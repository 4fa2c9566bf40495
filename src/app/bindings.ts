import { nearest } from '../domain/nearest.ts';
import { COMMANDS, findCommand } from './commands/all.ts';
import type { Command } from './commands/command.ts';
import type { Chord, Keymap } from './keymap.ts';
import type { AppState } from './state.ts';

/** From command records and a person's settings to a keymap, and back to the names of keys. */

/** Keys of a command in the settings: one, several, or none (`[]` unbinds). */
export type KeySettings = Readonly<Record<string, Chord | readonly Chord[]>>;

/** Whatever happens, these get a person out. */
const RESERVED: ReadonlySet<Chord> = new Set(['ctrl+c']);

const chordsOf = (setting: Chord | readonly Chord[]): readonly Chord[] =>
  typeof setting === 'string' ? [setting] : setting;

const ALIASES: Readonly<Record<string, Chord>> = {
  escape: 'esc',
  return: 'enter',
  pagedown: 'pgdown',
  pgdn: 'pgdown',
  pageup: 'pgup',
  ' ': 'space',
  del: 'delete',
};

const canonical = (chord: Chord): Chord => ALIASES[chord.toLowerCase()] ?? chord;

function unknownCommand(id: string): string {
  const near = nearest(
    id,
    COMMANDS.map((command) => command.id),
  );
  return `Settings, keys: there is no command "${id}"${near === undefined ? '' : `; did you mean "${near}"?`}`;
}

/**
 * Default keys with the settings on top. A key that a person gives to a command is taken from its default command;
 * two settings for one key, unknown commands and reserved keys are reported, and the first holder keeps the key.
 */
export function createKeymap(settings: KeySettings = {}): Keymap {
  const problems: string[] = [];
  const chosen = new Map<Chord, string>();
  for (const [id, setting] of Object.entries(settings)) {
    if (findCommand(id) === undefined) problems.push(unknownCommand(id));
    else for (const chord of chordsOf(setting).map(canonical)) bindChosen(chosen, chord, id, problems);
  }
  const bindings = new Map<Chord, string>();
  for (const command of COMMANDS) {
    if (Object.hasOwn(settings, command.id)) continue;
    for (const chord of command.keys) if (!chosen.has(chord)) bindings.set(chord, command.id);
  }
  return { bindings: new Map([...bindings, ...chosen]), problems };
}

function bindChosen(chosen: Map<Chord, string>, chord: Chord, id: string, problems: string[]): void {
  const holder = chosen.get(chord);
  if (RESERVED.has(chord))
    problems.push(`Settings, keys: "${chord}" always quits and cannot be bound to "${id}".`);
  else if (holder !== undefined)
    problems.push(
      `Settings, keys: "${chord}" is bound to both "${holder}" and "${id}"; "${holder}" keeps it.`,
    );
  else chosen.set(chord, id);
}

/** Where fixes are shown, there is a fix to make and nothing to open; among analyzers there is no rule to delete. */
function standsFor(id: string, { screen, panel }: AppState): string {
  if (id === 'open' && screen === 'findings' && panel?.kind === 'resolve') return 'make-fix';
  return id === 'rule.delete' && screen === 'analyzers' ? 'analyzer.delete' : id;
}

/** The command a key stands for, where no dialog and no text field has it. */
export const resolveKey = (chord: Chord, state: AppState): Command | undefined =>
  findCommand(standsFor(state.keymap.bindings.get(chord) ?? '', state));

/** Keys that are bound to a command, defaults first in their own order. */
export function keysOf(keymap: Keymap, command: Command): readonly Chord[] {
  const bound = [...keymap.bindings].filter(([, id]) => id === command.id).map(([chord]) => chord);
  const rank = (chord: Chord): number =>
    (command.keys.indexOf(chord) + command.keys.length + 1) % (command.keys.length + 1);
  return bound.sort((a, b) => rank(a) - rank(b));
}

const SIGNS: Readonly<Record<Chord, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  pgdown: 'PgDn',
  pgup: 'PgUp',
};

/** A chord as a person reads it: `↓`, `PgDn`, `ctrl+d`. */
export const keySign = (chord: Chord, ascii = false): string => (ascii ? chord : (SIGNS[chord] ?? chord));
