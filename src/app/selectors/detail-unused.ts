import type { FindingDetail, UnusedService } from '../../domain/finding.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import { cleanText } from '../../domain/text.ts';
import { ageText } from '../../domain/words.ts';
import { formatCount } from '../../domain/format-count.ts';
import type { AppState } from '../state.ts';
import type { DetailSection, TextLine } from './text-line.ts';

/** What is unused, down to the action, and when it was last used. */

const lastUse = (now: number, at: number | undefined): string =>
  at === undefined ? 'never used' : `last used ${ageText(now - at)} ago`;

function serviceLines(now: number, service: UnusedService): readonly TextLine[] {
  const name = cleanText(service.serviceNamespace);
  if (service.actions === undefined)
    return [{ label: name, text: `the whole service · ${lastUse(now, service.lastAccessed)}` }];
  return [
    {
      label: name,
      text: `${formatCount(service.actions.length, 'action')} · service ${lastUse(now, service.lastAccessed)}`,
    },
    ...service.actions.map((each): TextLine => ({
      label: '',
      text: `${cleanText(each.action)} · ${lastUse(now, each.lastAccessed)}`,
      tone: 'muted',
    })),
  ];
}

function linesOf(now: number, detail: FindingDetail): readonly TextLine[] {
  switch (detail.kind) {
    case 'unused-role':
    case 'unused-password':
      return [{ text: lastUse(now, detail.lastAccessed) }];
    case 'unused-key':
      return [
        { label: 'access key', text: cleanText(detail.accessKeyId) },
        { label: '', text: lastUse(now, detail.lastAccessed) },
      ];
    case 'unused-permission':
      return detail.services.flatMap((service) => serviceLines(now, service));
    case 'external':
    case 'internal':
      return [];
  }
}

const TITLES: Readonly<Partial<Record<FindingDetail['kind'], string>>> = {
  'unused-permission': 'Unused permissions',
  'unused-role': 'Use of the role',
  'unused-key': 'Use of the key',
  'unused-password': 'Use of the password',
};

export function unusedSections(state: AppState, { detail }: StoredFinding): readonly DetailSection[] {
  const title = detail === undefined ? undefined : TITLES[detail.kind];
  if (detail === undefined || title === undefined) return [];
  return [{ id: 'unused', title, lines: linesOf(state.now, detail) }];
}
