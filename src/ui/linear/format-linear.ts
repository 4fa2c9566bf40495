import { formatNumber } from '../../domain/format-count.ts';
import { selectAnalyzerDetail, selectAnalyzerRows } from '../../app/selectors/analyzers.ts';
import { selectDetailLines } from '../../app/selectors/detail-lines.ts';
import { selectEntryLines, selectJournalRows } from '../../app/selectors/journal.ts';
import { selectCountsText, selectEmptyReason } from '../../app/selectors/summary.ts';
import type { Panel } from '../../app/panel.ts';
import type { DiffPanelLine } from '../../app/selectors/diff-rows.ts';
import { selectPanelHead, selectPanelLines } from '../../app/selectors/panel.ts';
import type { TextLine } from '../../app/selectors/text-line.ts';
import type { AppState } from '../../app/state.ts';
import type { ExposureRow } from '../../domain/listing.ts';
import { kindOf } from '../../domain/resource-kind.ts';
import { shortResource } from '../../domain/arn.ts';
import { cleanText } from '../../domain/text.ts';
import { ageText, whoWhatText } from '../../domain/words.ts';
import { formatDialog } from '../dialogs/format-dialog.ts';
import { findingLabel, regionsText } from '../findings/format-row.ts';
import { isMarked } from '../../app/selectors/marks.ts';
import { formatFooter } from '../chrome/format-footer.ts';
import { formatMessage } from '../chrome/format-message.ts';
import { formatOverview } from '../screens/format-overview.ts';
import { formatRules } from '../screens/format-rules.ts';
import { lineText, type Line } from '../line.ts';

/**
 * The console as sentences, for a screen reader: no columns, no borders, only what the cursor is on, in the order in
 * which one wants to hear it.
 */

/** Wide enough that nothing is cut: a screen reader does not care about columns. */
const WIDE = 1_000;

const plain = (lines: readonly Line[]): readonly string[] =>
  lines
    .map((line) =>
      lineText(line)
        .replace(/[─│╭╮╰╯█░▌]/gu, '')
        .replace(/\s+/gu, ' ')
        .trim(),
    )
    .filter((text) => text !== '');

const said = ({ label, text }: TextLine): string =>
  label === undefined || label === '' ? text : `${label}: ${text}`;

/** One exposure as a sentence. */
function rowText(row: ExposureRow, index: number, state: AppState): string {
  const total = state.list.counts?.exposures ?? 0;
  return [
    `Row ${formatNumber(index + 1)} of ${formatNumber(total)}${isMarked(state, row, index) ? ', marked' : ''}: ${findingLabel(row)}`,
    `${cleanText(kindOf(row.resourceType))} ${cleanText(shortResource(row.resource, row.resourceType))}`,
    whoWhatText(row),
    `risk ${row.riskLevel} of 4`,
    `account ${cleanText(row.account)}`,
    regionsText(row.regions),
    `${row.status.toLowerCase()} for ${ageText(state.now - row.createdAt)}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** A panel as sentences: added and removed are said, not shown. */
function panelText(state: AppState, panel: Panel): readonly string[] {
  const { title, note, tabs } = selectPanelHead(state, panel);
  const parts = tabs.map(({ label, chosen }) => (chosen ? `${label} (chosen)` : label));
  const lines = selectPanelLines(state, panel, NARROW).map((line) =>
    'shape' in line ? diffText(line) : said(line),
  );
  return [[title, note].filter(Boolean).join(', '), ...parts, ...lines].filter((text) => text !== '');
}

/** Narrow enough that a difference is told line by line. */
const NARROW = 100;

const DIFF_WORDS = { heading: '', same: 'stays: ', added: 'added: ', removed: 'removed: ' } as const;

const diffText = (line: DiffPanelLine): string =>
  line.shape === 'whole'
    ? `${line.line.goesOn ? '' : DIFF_WORDS[line.line.kind]}${line.line.text.trim()}`
    : '';

function findingsText(state: AppState): readonly string[] {
  if (state.panel !== undefined) return panelText(state, state.panel);
  const { list, filterBar, detail } = state;
  const empty = selectEmptyReason(state);
  const row = list.rows[list.cursor - list.offset];
  const typed =
    filterBar === undefined
      ? `Filter: ${list.filterText === '' ? 'none' : cleanText(list.filterText)}`
      : `Typing filter: ${cleanText(filterBar.text)}`;
  const where =
    empty === undefined
      ? row === undefined
        ? ['The row is loading.']
        : [rowText(row, list.cursor, state)]
      : [empty.title, ...empty.lines];
  const opened = detail.open ? selectDetailLines(state, WIDE).map(said) : [];
  return [`Findings. ${selectCountsText(state)}`, typed, ...completionsText(state), ...where, ...opened];
}

function completionsText({ filterBar }: AppState): readonly string[] {
  const chosen = filterBar?.completions[filterBar.chosen];
  return chosen === undefined ? [] : [`Completion: ${cleanText(chosen.insert)}, ${cleanText(chosen.hint)}`];
}

function journalText(state: AppState): readonly string[] {
  const { journal } = state;
  if (journal.open) return ['Journal entry.', ...selectEntryLines(state, WIDE).map(said)];
  const row = selectJournalRows(state)[journal.cursor];
  if (row === undefined) return ['Journal. Nothing has been done yet.'];
  const facts = [row.title, row.state, row.when, row.outcome, row.reason, row.link].filter(
    (part) => part !== '',
  );
  return [
    `Journal. Entry ${row.id}, ${formatNumber(journal.cursor + 1)} of ${formatNumber(journal.entries.length)}: ${facts.join(', ')}`,
  ];
}

function analyzersText(state: AppState): readonly string[] {
  const rows = selectAnalyzerRows(state);
  const row = rows[state.analyzers.cursor];
  if (row === undefined) return ['Analyzers. No Region has been looked at yet.'];
  return [
    `Analyzers. Region ${state.analyzers.cursor + 1} of ${rows.length}: ${row.region}, ${row.statusText}, last seen ${row.lastSeen}`,
    ...selectAnalyzerDetail(state).map(said),
  ];
}

function screenText(state: AppState): readonly string[] {
  switch (state.screen) {
    case 'findings':
      return findingsText(state);
    case 'journal':
      return journalText(state);
    case 'analyzers':
      return analyzersText(state);
    case 'overview':
      return [
        'Overview.',
        ...plain(formatOverview({ ...state, viewport: { columns: WIDE, rows: WIDE } }, WIDE)),
      ];
    case 'rules':
      return ['Rules.', ...plain(formatRules(state))];
  }
}

/** As many keys as the footer of a wide screen names. */
const FOOTER_CELLS = 100;

const keysText = (state: AppState): string => `Keys: ${plain([formatFooter(state, FOOTER_CELLS)]).join('')}`;

/** What is read aloud: the dialog alone while one is open, else the screen, what has just happened, and the keys. */
export function formatLinear(state: AppState): readonly string[] {
  const box = formatDialog({ ...state, viewport: { ...state.viewport, columns: WIDE } });
  if (box !== undefined)
    return [`Dialog: ${cleanText(box.title)}`, ...plain(box.lines), `Keys: ${lineText(box.foot)}`];
  const message = plain([formatMessage(state, WIDE)]);
  return [...screenText(state), ...message, keysText(state)].filter((text) => text !== '');
}
