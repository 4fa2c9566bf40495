import { type DiffLine, type DiffRow, sideBySideDiff, unifiedDiff } from '../../domain/policy/diff-lines.ts';
import type { PolicyDiff } from '../../domain/policy/diff.ts';
import { SIDE_BY_SIDE_COLUMNS } from '../layout.ts';
import { wrapText } from '../wrap.ts';

/** One screen line of a difference: whole, or in two halves. A line that goes on has no mark of its own. */
export type DiffPanelLine =
  | { readonly shape: 'whole'; readonly line: MarkedLine }
  | {
      readonly shape: 'halves';
      readonly left: MarkedLine | undefined;
      readonly right: MarkedLine | undefined;
    };

export interface MarkedLine {
  readonly kind: DiffLine['kind'];
  readonly text: string;
  /** The rest of the line above. */
  readonly goesOn: boolean;
}

/** Mark and blank before a line, rule and blanks between the halves. */
export const MARK_CELLS = 2;
export const RULE_CELLS = 3;

/** Cells of each half. */
export const halfColumns = (columns: number): number => Math.floor((columns - RULE_CELLS) / 2);

/** The label of a value (see diff-lines.ts) stays alone in its column when the value goes on below. */
const LABEL_CELLS = 10;

function wrapLine({ kind, text }: DiffLine, cells: number): readonly MarkedLine[] {
  const room = Math.max(10, cells - MARK_CELLS);
  if (kind === 'heading')
    return wrapText(text, room).map((part, at) => ({ kind, text: part, goesOn: at > 0 }));
  const label = text.slice(0, LABEL_CELLS);
  const parts = wrapText(text.slice(LABEL_CELLS), Math.max(10, room - LABEL_CELLS));
  return parts.map((part, at) => ({
    kind,
    text: `${at === 0 ? label : ' '.repeat(LABEL_CELLS)}${part}`,
    goesOn: at > 0,
  }));
}

function wrapHalves({ left, right }: DiffRow, columns: number): readonly DiffPanelLine[] {
  const [before, after] = [left, right].map((line) =>
    line === undefined ? [] : wrapLine(line, halfColumns(columns)),
  );
  const height = Math.max(before?.length ?? 0, after?.length ?? 0);
  return Array.from({ length: height }, (_, at) => ({
    shape: 'halves',
    left: before?.[at],
    right: after?.[at],
  }));
}

/** A difference on lines of a width: side by side where there is room, else one below the other. */
export function diffLines(diff: PolicyDiff, columns: number): readonly DiffPanelLine[] {
  if (columns < SIDE_BY_SIDE_COLUMNS - 2) {
    return unifiedDiff(diff)
      .flatMap((line) => wrapLine(line, columns))
      .map((line) => ({ shape: 'whole', line }));
  }
  const head = (text: string): MarkedLine => ({ kind: 'heading', text, goesOn: false });
  return [
    { shape: 'halves', left: head('existing'), right: head('after') },
    ...sideBySideDiff(diff).flatMap((row) => wrapHalves(row, columns)),
  ];
}
