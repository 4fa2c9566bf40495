import { awsCommand } from '../../domain/command-line.ts';
import { findingLink, resourceLink } from '../../domain/console-link.ts';
import type { FindingRef } from '../../domain/finding.ts';
import type { ExposureDetail, SortKey, StoredFinding } from '../../domain/listing.ts';
import { SORT_KEYS } from '../../domain/listing.ts';
import { cleanText } from '../../domain/text.ts';
import type { Fix } from '../../triage/resolve/fix.ts';
import { COLUMNS, DEFAULT_COLUMNS } from '../columns.ts';
import type { Menu, MenuItem } from '../dialog.ts';
import type { AppState } from '../state.ts';

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

function sortItem(state: AppState, key: SortKey): MenuItem {
  const { sort } = state.list;
  const current = sort.key === key;
  const hint = current
    ? sort.descending
      ? 'descending; again: ascending'
      : 'ascending; again: descending'
    : '';
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
    case 'copy-policy':
      return { id, title: 'Copy the recommended policies', items: POLICY_ITEMS };
    case 'save-policy':
      return { id, title: 'Save the recommended policies', items: [...POLICY_ITEMS, ALL_FORMATS] };
  }
}

/** The finding that stands for the exposure: an active one, else the first. */
const mainFinding = ({ findings }: ExposureDetail): StoredFinding | undefined =>
  findings.find((finding) => finding.status === 'ACTIVE' && finding.goneAt === undefined) ?? findings[0];

export const getFindingCommand = (ref: FindingRef): string =>
  awsCommand(['accessanalyzer', 'get-finding-v2', '--analyzer-arn', ref.analyzerArn, '--id', ref.id], {
    profile: ref.profile,
    region: ref.region,
  });

const copyItem = (id: string, label: string, key: string, value: string): MenuItem => ({
  id,
  label,
  key,
  hint: cleanText(value.split('\n')[0] ?? ''),
  value,
});

const plural = (count: number, one: string): string => (count === 1 ? one : `${one}s (${count})`);

/** All twins where that makes sense: ids, commands and JSON one a line. */
export function copyMenu(data: ExposureDetail): Menu {
  const live = data.findings.filter((finding) => finding.goneAt === undefined);
  const findings = live.length > 0 ? live : data.findings;
  const main = mainFinding(data);
  const link = main === undefined ? undefined : findingLink(main);
  const items = [
    copyItem(
      'id',
      plural(findings.length, 'Finding id'),
      'i',
      findings.map((finding) => finding.id).join('\n'),
    ),
    copyItem('arn', 'Resource ARN', 'a', data.row.resource),
    copyItem(
      'command',
      plural(findings.length, 'aws command'),
      'c',
      findings.map(getFindingCommand).join('\n'),
    ),
    ...(link === undefined ? [] : [copyItem('link', 'Console link', 'l', link)]),
    copyItem(
      'json',
      'JSON',
      'j',
      JSON.stringify(findings.length === 1 ? findings[0] : findings, undefined, 2),
    ),
  ];
  return { id: 'copy', title: 'Copy', items };
}

/** A fix as it is taken along: its commands, and the page where it is made by hand. */
export function copyFixMenu({ commands, link }: Fix): Menu {
  const items = [
    copyItem('command', plural(commands.length, 'aws command'), 'c', commands.join('\n')),
    ...(link === undefined ? [] : [copyItem('link', 'Console link', 'l', link)]),
  ];
  return { id: 'copy', title: 'Copy the fix', items };
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
