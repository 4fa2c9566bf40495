import type { Analyzer } from '../../domain/analyzer.ts';
import { findingLink, resourceLink } from '../../domain/console-link.ts';
import type { ExposureDetail, SortKey } from '../../domain/listing.ts';
import { FALLS, SORT_KEYS } from '../../domain/listing.ts';
import { cleanText } from '../../domain/text.ts';
import { COLUMNS, DEFAULT_COLUMNS } from '../columns.ts';
import type { Menu, MenuItem } from '../dialog.ts';
import type { AppState } from '../state.ts';
import { selectDeletable } from './analyzers.ts';

/** What the menus offer. */

const SORT_TITLES: Readonly<Record<SortKey, string>> = {
  risk: 'Risk',
  age: 'Age',
  updated: 'Last update',
  resource: 'Resource',
  type: 'Type of finding',
  account: 'Account',
  region: 'Region',
};

/** Kept from Region and Resource beginning alike. */
const SORT_MENU_KEYS: Readonly<Record<SortKey, string>> = {
  risk: 'r',
  age: 'a',
  updated: 'u',
  resource: 'n',
  type: 't',
  account: 'c',
  region: 'g',
};

/** What stands at the top: in the order that is expected first, and turned round. */
const SORT_ORDERS: Readonly<Record<SortKey, readonly [first: string, turned: string]>> = {
  risk: ['riskiest first', 'least risky first'],
  age: ['oldest first', 'newest first'],
  updated: ['latest first', 'earliest first'],
  resource: ['A to Z', 'Z to A'],
  type: ['A to Z', 'Z to A'],
  account: ['lowest id first', 'highest id first'],
  region: ['A to Z', 'Z to A'],
};

function sortItem(state: AppState, key: SortKey): MenuItem {
  const { sort } = state.list;
  const current = sort.key === key;
  const inForce = sort.descending === FALLS[key];
  const [first, turned] = SORT_ORDERS[key];
  const hint = current ? `${inForce ? first : turned}; again: ${inForce ? turned : first}` : first;
  return { id: key, label: SORT_TITLES[key], hint, key: SORT_MENU_KEYS[key], current };
}

/** Id of the item that saves; no view can have this name, names are trimmed. */
export const SAVE_VIEW_ITEM = ' save';

function viewItems(state: AppState): readonly MenuItem[] {
  const views = state.views.map((view, index) => ({
    id: view.name,
    label: cleanText(view.name),
    hint: cleanText(view.filter === '' ? 'everything' : view.filter),
    current: view.name === state.viewName,
    ...(index < 9 ? { key: String(index + 1) } : {}),
    ...(view.shipped ? {} : { deletable: true }),
  }));
  return [
    ...views,
    { id: SAVE_VIEW_ITEM, label: 'Save this view …', hint: cleanText(state.list.filterText), key: 's' },
  ];
}

function columnItems(state: AppState): readonly MenuItem[] {
  const shown = state.list.columns ?? DEFAULT_COLUMNS;
  return COLUMNS.map(({ id, title }) => ({
    id,
    label: title,
    hint: shown.includes(id) ? 'shown' : 'hidden',
    current: shown.includes(id),
  }));
}

const EXPORT_ITEMS: readonly MenuItem[] = [
  { id: 'json', label: 'JSON', hint: 'one array, names as in the SDK', key: 'j' },
  { id: 'ndjson', label: 'NDJSON', hint: 'one finding a line', key: 'n' },
  { id: 'csv', label: 'CSV', hint: 'for a spreadsheet', key: 'c' },
  { id: 'md', label: 'Markdown', hint: 'a table for a ticket', key: 'm' },
];

const POLICY_ITEMS: readonly MenuItem[] = [
  { id: 'json', label: 'JSON', hint: 'the policy documents', key: 'j' },
  { id: 'cli', label: 'AWS CLI', hint: 'the commands, in the safe order', key: 'c' },
  { id: 'terraform', label: 'Terraform', hint: 'aws_iam_policy_document', key: 't' },
  { id: 'cloudformation', label: 'CloudFormation', hint: 'a template', key: 'f' },
];

const RULE_ITEMS: readonly MenuItem[] = [
  { id: 'json', label: 'JSON', hint: 'what import reads again', key: 'j' },
  {
    id: 'cloudformation',
    label: 'CloudFormation',
    hint: 'a template of the analyzers with their rules',
    key: 'f',
  },
  { id: 'terraform', label: 'Terraform', hint: 'aws_accessanalyzer_archive_rule', key: 't' },
];

function exportTitle({ rules }: AppState): string {
  const name = rules.open === undefined ? undefined : rules.overview?.facts[rules.cursor]?.rule.ruleName;
  return name === undefined ? 'Export all archive rules' : `Export ${cleanText(name)}, of every Region`;
}

const analyzerItem = ({ name, arn, type }: Analyzer): MenuItem => ({
  id: arn,
  label: cleanText(name),
  hint: type.toLowerCase(),
});

const ALL_FORMATS: MenuItem = { id: 'all', label: 'All of them', hint: 'in one folder', key: 'a' };

/** The menus that need no asking. */
export function selectMenu(state: AppState, id: Exclude<Menu['id'], 'copy' | 'links'>): Menu {
  switch (id) {
    case 'sort':
      return { id, title: 'Sort by', items: SORT_KEYS.map((key) => sortItem(state, key)) };
    case 'views':
      return { id, title: 'Views', items: viewItems(state) };
    case 'columns':
      return { id, title: 'Columns', items: columnItems(state) };
    case 'export':
      return { id, title: 'Export what is shown', items: EXPORT_ITEMS };
    case 'export-rules':
      return { id, title: exportTitle(state), items: RULE_ITEMS };
    case 'delete-analyzer':
      return { id, title: 'Delete which analyzer?', items: selectDeletable(state).map(analyzerItem) };
    case 'copy-policy':
      return { id, title: 'Copy the recommended policies', items: POLICY_ITEMS };
    case 'save-policy':
      return { id, title: 'Save the recommended policies', items: [...POLICY_ITEMS, ALL_FORMATS] };
  }
}

/** Links to the finding in every Region that has it, and to the resource. */
export function linkMenu(data: ExposureDetail): Menu {
  const items: MenuItem[] = [];
  const resource = resourceLink(data.row.resource, data.row.resourceType);
  if (resource !== undefined)
    items.push({ id: 'resource', label: 'Resource', hint: resource, key: 'r', value: resource });
  for (const finding of data.findings.filter((each) => each.goneAt === undefined).slice(0, 40)) {
    const link = findingLink(finding);
    if (link !== undefined)
      items.push({ id: finding.id, label: `Finding in ${finding.region}`, hint: link, value: link });
  }
  return { id: 'links', title: 'AWS console (enter copies the link)', items };
}
