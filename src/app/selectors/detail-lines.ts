import { detailColumns } from '../layout.ts';
import type { AppState } from '../state.ts';
import { selectDetail } from './detail.ts';
import type { TextLine } from './text-line.ts';
import { wrapLines } from './wrap-lines.ts';

const BLANK: TextLine = { text: '' };

/** The detail as screen lines of a width: headings, text, a blank line between sections. */
export const selectDetailLines = (state: AppState, columns: number): readonly TextLine[] =>
  selectDetail(state).flatMap((section, index) => [
    ...(index === 0 ? [] : [BLANK]),
    { text: section.title, tone: 'heading' as const },
    ...wrapLines(section.lines, columns),
  ]);

/** How far the detail can be scrolled. */
export const selectDetailHeight = (state: AppState): number =>
  selectDetailLines(state, detailColumns(state.viewport, state.detail.open)).length;
