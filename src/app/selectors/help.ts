import { FILTER_KEYS } from '../../domain/filter/ast.ts';
import { FILTER_KEY_HELP } from '../../domain/filter/complete.ts';
import { keysOf, keySign } from '../bindings.ts';
import { COMMANDS } from '../commands/all.ts';
import { COMMAND_GROUPS } from '../commands/command.ts';
import { selectDisabledReason } from '../commands/disabled.ts';
import type { AppState } from '../state.ts';

/** A line of the help: a heading, or something on the left and what it does on the right. */
export type HelpLine =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'blank' }
  | {
      readonly kind: 'entry';
      readonly left: string;
      readonly right: string;
      readonly disabled: string | undefined;
    };

const entry = (left: string, right: string, disabled?: string): HelpLine => ({
  kind: 'entry',
  left,
  right,
  disabled,
});

function commandLines(state: AppState): readonly HelpLine[] {
  return COMMAND_GROUPS.flatMap((group) => [
    { kind: 'heading', text: group } as const,
    ...COMMANDS.filter((command) => command.group === group).map((command) => {
      const keys = keysOf(state.keymap, command).map((chord) => keySign(chord, state.mode.ascii));
      return entry(keys.join(' ') || ':', command.title, selectDisabledReason(state, command));
    }),
    { kind: 'blank' } as const,
  ]);
}

const FILTER_LINES: readonly HelpLine[] = [
  { kind: 'heading', text: 'Filter' },
  entry('a b', 'both: a blank is AND'),
  entry('a or b', 'one of them; ( ) groups'),
  entry('-a  not a', 'without it'),
  entry('key:a,b*', 'one of these; * stands for anything'),
  entry('"a b"', 'quotes hold together'),
  entry('word', 'searches all text'),
  ...FILTER_KEYS.map((key) => entry(FILTER_KEY_HELP[key].example, FILTER_KEY_HELP[key].summary)),
];

/** Keys as they are bound now, then the filter language; problems of the settings first. */
export function selectHelp(state: AppState): readonly HelpLine[] {
  const problems = state.keymap.problems.map((problem) => entry('!', problem));
  const first: readonly HelpLine[] =
    problems.length === 0 ? [] : [{ kind: 'heading', text: 'Settings' }, ...problems, { kind: 'blank' }];
  return [...first, ...commandLines(state), ...FILTER_LINES];
}

export const selectHelpHeight = (state: AppState): number => selectHelp(state).length;
