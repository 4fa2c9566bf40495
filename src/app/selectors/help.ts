import { FILTER_KEYS } from '../../domain/filter/ast.ts';
import { FILTER_KEY_HELP } from '../../domain/filter/complete.ts';
import { keysOf, keySign } from '../bindings.ts';
import { COMMANDS } from '../commands/all.ts';
import { COMMAND_GROUPS } from '../commands/command.ts';
import { selectDisabledReason } from '../commands/disabled.ts';
import { cellWidth } from '../../domain/text.ts';
import { readingColumns } from '../layout.ts';
import type { AppState } from '../state.ts';
import { wrapText } from '../wrap.ts';

type Heading = { readonly kind: 'heading'; readonly text: string };
type Blank = { readonly kind: 'blank' };

/** What the help says: a heading, or something on the left and what it does on the right. */
type HelpPart =
  | Heading
  | Blank
  | {
      readonly kind: 'entry';
      readonly left: string;
      readonly right: string;
      readonly disabled: string | undefined;
    };

/** A line of it as it stands on the screen: nothing is cut off, what is long goes on below. */
export type HelpLine =
  | Heading
  | Blank
  | {
      readonly kind: 'entry';
      readonly left: string;
      /** Cells of the left column. */
      readonly leftCells: number;
      readonly right: string;
      readonly muted: boolean;
    };

const entry = (left: string, right: string, disabled?: string): HelpPart => ({
  kind: 'entry',
  left,
  right,
  disabled,
});

function commandParts(state: AppState): readonly HelpPart[] {
  return COMMAND_GROUPS.flatMap((group) => [
    { kind: 'heading', text: group } as const,
    ...COMMANDS.filter((command) => command.group === group).map((command) => {
      const keys = keysOf(state.keymap, command).map((chord) => keySign(chord, state.mode.ascii));
      return entry(keys.join(' ') || ':', command.title, selectDisabledReason(state, command));
    }),
    { kind: 'blank' } as const,
  ]);
}

const FILTER_PARTS: readonly HelpPart[] = [
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
function partsOf(state: AppState): readonly HelpPart[] {
  const problems = state.keymap.problems.map((problem) => entry('!', problem));
  const first: readonly HelpPart[] =
    problems.length === 0 ? [] : [{ kind: 'heading', text: 'Settings' }, ...problems, { kind: 'blank' }];
  return [...first, ...commandParts(state), ...FILTER_PARTS];
}

const MOST_LEFT = 28;
const GAP = 2;

/** Width of the left column, for each section its own: keys are short, examples of filters are not. */
function leftWidths(parts: readonly HelpPart[], columns: number): readonly number[] {
  const most = Math.min(MOST_LEFT, Math.floor(columns / 3));
  const section = parts.map(
    (_, at) => parts.slice(0, at + 1).filter(({ kind }) => kind === 'heading').length,
  );
  return section.map((own) => {
    const lefts = parts.flatMap((part, at) =>
      section[at] === own && part.kind === 'entry' ? [cellWidth(part.left)] : [],
    );
    return Math.min(most, Math.max(8, ...lefts));
  });
}

function linesOf(part: HelpPart, leftCells: number, columns: number): readonly HelpLine[] {
  if (part.kind !== 'entry') return [part];
  const text = part.disabled === undefined ? part.right : `${part.right} · ${part.disabled}`;
  const lefts = wrapText(part.left, leftCells);
  const rights = wrapText(text, columns - leftCells - GAP);
  return Array.from({ length: Math.max(lefts.length, rights.length) }, (_, at) => ({
    kind: 'entry',
    left: lefts[at] ?? '',
    leftCells: leftCells + GAP,
    right: rights[at] ?? '',
    muted: part.disabled !== undefined,
  }));
}

export function selectHelp(state: AppState): readonly HelpLine[] {
  const columns = readingColumns(state.viewport);
  const parts = partsOf(state);
  const lefts = leftWidths(parts, columns);
  return parts.flatMap((part, at) => linesOf(part, lefts[at] ?? 0, columns));
}

export const selectHelpHeight = (state: AppState): number => selectHelp(state).length;
