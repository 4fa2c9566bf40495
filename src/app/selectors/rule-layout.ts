import type { RuleEditor } from '../rules/rule-editor.ts';
import type { Viewport } from '../state.ts';
import { selectRemarks } from './rule-remarks.ts';
import type { TextLine } from './text-line.ts';

/** How the parts of the rule editor share the screen: what the reducer and the screen must agree on. */

/** Border included; wide enough for an ARN where there is room. */
export const editorWidth = ({ columns }: Viewport): number => Math.min(112, columns - 4);
export const editorCells = (viewport: Viewport): number => editorWidth(viewport) - 4;

/** Remarks stand under the labels, behind the place of their sign. */
export const REMARK_INDENT = 2;
export const remarkLines = (editor: RuleEditor, viewport: Viewport): readonly TextLine[] =>
  selectRemarks(editor, editorCells(viewport) - REMARK_INDENT);

/** Lines inside the border: always the same, so that nothing jumps while one types. */
export const editorRows = ({ rows }: Viewport): number => Math.min(36, Math.max(8, rows - 5));

export interface EditorLayout {
  /** Criteria that are shown: there may be more. */
  readonly criteria: number;
  readonly remarks: number;
  /** Findings; 0: no room. */
  readonly found: number;
}

/** The count, a blank, four fields, a blank below the criteria. */
const AROUND = 7;
const FOUND_HEAD = 1;
const LEAST_FOUND = 3;
const LEAST_REMARKS = 2;

/** Findings give way to remarks, and those to criteria; each keeps a few lines. */
export function layoutEditor(editor: RuleEditor, viewport: Viewport): EditorLayout {
  const room = editorRows(viewport) - AROUND;
  const most = Math.max(3, room - LEAST_REMARKS - FOUND_HEAD - LEAST_FOUND);
  const criteria = Math.min(editor.lines.length, most);
  const rest = room - criteria;
  const wanted = remarkLines(editor, viewport).length;
  const remarks = Math.min(wanted, Math.max(LEAST_REMARKS, rest - FOUND_HEAD - LEAST_FOUND));
  // A blank below the remarks.
  const used = remarks === 0 ? 0 : remarks + 1;
  return { criteria, remarks, found: Math.max(0, rest - used - FOUND_HEAD) };
}

export const foundRows = (editor: RuleEditor, viewport: Viewport): number =>
  layoutEditor(editor, viewport).found;
