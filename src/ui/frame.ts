import { cellWidth, cleanText } from '../domain/text.ts';
import { blank, cutLine, fitLine, span, type Line } from './line.ts';

/** What a dialog shows, and how large it may become. */
export interface FrameContent {
  readonly title: string;
  readonly lines: readonly Line[];
  /** Keys, on the lower border. */
  readonly foot?: Line;
}

/** Border and a space, on both sides. */
export const FRAME_CELLS = 4;

function upperBorder(title: string, width: number): Line {
  const shown = cutLine([span(` ${cleanText(title)} `, 'heading')], width - 4);
  const cells = shown.reduce((sum, part) => sum + cellWidth(part.text), 0);
  return [span('╭─', 'border'), ...shown, span(`${'─'.repeat(Math.max(0, width - 3 - cells))}╮`, 'border')];
}

function lowerBorder(foot: Line | undefined, width: number): Line {
  if (foot === undefined) return [span(`╰${'─'.repeat(width - 2)}╯`, 'border')];
  const shown = cutLine([blank(1), ...foot, blank(1)], width - 4);
  const cells = shown.reduce((sum, part) => sum + cellWidth(part.text), 0);
  return [span(`╰${'─'.repeat(Math.max(0, width - 3 - cells))}`, 'border'), ...shown, span('─╯', 'border')];
}

/** Lines with a border around them, `width` cells wide in all. */
export function frameLines({ title, lines, foot }: FrameContent, width: number): readonly Line[] {
  const side = span('│', 'border');
  const inside = lines.map((line): Line => [
    side,
    blank(1),
    ...fitLine(line, width - FRAME_CELLS),
    blank(1),
    side,
  ]);
  return [upperBorder(title, width), ...inside, lowerBorder(foot, width)];
}
