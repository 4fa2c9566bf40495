import type { Dialog, MenuItem } from '../../app/dialog.ts';
import { dialogRows } from '../../app/layout.ts';
import type { Viewport } from '../../app/state.ts';
import { cellWidth, cleanText, padEnd, truncateEnd, truncateMiddle } from '../../domain/text.ts';
import { blank, link, span, type Line } from '../line.ts';
import { partAround } from '../visible-part.ts';
import { boxWidth, formatChoice, formatKeys, formatMore, innerWidth, type DialogBox } from './dialog-box.ts';

type MenuDialog = Extract<Dialog, { kind: 'menu' }>;

const WIDTH = 76;
const MOST_LABEL = 34;

/** What a terminal with OSC 8 opens on a click. */
const LINK = /^https:\/\/[!-~]+$/;

function formatItem(item: MenuItem, labelWidth: number, width: number): Line {
  const label = padEnd(truncateEnd(cleanText(item.label), labelWidth), labelWidth);
  const whole = item.value ?? item.hint;
  const hint = truncateMiddle(cleanText(item.hint), Math.max(0, width - labelWidth - 8));
  return [
    span(`${item.current === true ? '✓' : ' '} `, 'marked'),
    span(`${item.key ?? ' '} `, 'key'),
    span(label),
    blank(2),
    LINK.test(whole) ? link(hint, whole) : span(hint, 'muted'),
  ];
}

/** What `enter` does in each menu. */
const ENTER: Readonly<Record<MenuDialog['menu']['id'], string>> = {
  sort: 'sort, again to turn it round',
  views: 'show',
  columns: 'show or hide',
  copy: 'copy',
  export: 'write the file',
  links: 'copy the link',
  'copy-policy': 'copy',
  'save-policy': 'write the files',
  'export-rules': 'write the file',
  'delete-analyzer': 'look at what goes with it',
};

export function formatMenu({ menu, chosen }: MenuDialog, viewport: Viewport): DialogBox {
  const width = boxWidth(viewport, WIDTH);
  const cells = innerWidth(width);
  const labelWidth = Math.min(
    MOST_LABEL,
    Math.max(4, ...menu.items.map(({ label }) => cellWidth(cleanText(label)))),
  );
  const part = partAround(menu.items.length, chosen, dialogRows(viewport));
  const lines = menu.items
    .slice(part.from, part.to)
    .map((item, index) =>
      formatChoice(formatItem(item, labelWidth, cells), part.from + index === chosen, cells),
    );
  const more = formatMore(part, menu.items.length);
  return {
    title: menu.title,
    lines: more.length === 0 ? lines : [...lines, more],
    foot: formatKeys([
      ['enter', ENTER[menu.id]],
      ...(menu.items[chosen]?.deletable === true ? ([['del', 'delete']] as const) : []),
      ['esc', 'leave'],
    ]),
    width,
  };
}
