import type { UnusedService } from '../../domain/finding.ts';
import type { RecommendedChange } from '../../domain/recommendation.ts';
import { cleanText } from '../../domain/text.ts';
import { ageText } from '../../domain/words.ts';
import type { TextLine } from './text-line.ts';

/** What of a policy stays and what goes, service by service, with the last use. */

interface ServiceFate {
  readonly stays: string[];
  readonly goes: string[];
}

const serviceOf = (action: string): string => {
  const text = action.replace(/^not /u, '');
  return text.includes(':') ? text.slice(0, text.indexOf(':')).toLowerCase() : text;
};

function fatesOf({ diff }: RecommendedChange): ReadonlyMap<string, ServiceFate> {
  const fates = new Map<string, ServiceFate>();
  const fateOf = (action: string): ServiceFate => {
    const service = serviceOf(action);
    const fate = fates.get(service) ?? { stays: [], goes: [] };
    fates.set(service, fate);
    return fate;
  };
  for (const { actions } of diff.statements) {
    for (const action of actions.removed) fateOf(action).goes.push(action);
    for (const action of [...actions.same, ...actions.added]) fateOf(action).stays.push(action);
  }
  return fates;
}

/** The finding names what is unused: a service that it does not name is in use. */
function lastUse(service: string, unused: readonly UnusedService[], now: number): string {
  const found = unused.find(({ serviceNamespace }) => serviceNamespace === service);
  if (found === undefined) return service === '*' ? '' : 'in use';
  return found.lastAccessed === undefined
    ? 'never used'
    : `last used ${ageText(now - found.lastAccessed)} ago`;
}

const bare = (actions: readonly string[]): string =>
  actions.map((action) => cleanText(action.slice(action.indexOf(':') + 1))).join(', ');

function linesOf(service: string, { stays, goes }: ServiceFate, use: string): readonly TextLine[] {
  const label = cleanText(service);
  const when = use === '' ? '' : ` · ${use}`;
  const kept: TextLine = { label, text: `stays: ${bare(stays)}`, tone: 'text' };
  if (goes.length === 0) return [{ ...kept, text: `${kept.text}${when}` }];
  const gone: TextLine = { label, text: `goes: ${bare(goes)}${when}`, tone: 'removed' };
  return stays.length === 0 ? [gone] : [gone, { ...kept, label: '' }];
}

/** One or two lines a service, those of which something goes first. */
export function serviceLines(
  change: RecommendedChange,
  unused: readonly UnusedService[],
  now: number,
): readonly TextLine[] {
  return [...fatesOf(change)]
    .sort(([, a], [, b]) => Number(b.goes.length > 0) - Number(a.goes.length > 0))
    .flatMap(([service, fate]) => linesOf(service, fate, lastUse(service, unused, now)));
}
