import { type Analyzer, analyzerKind } from '../../domain/analyzer.ts';
import { RULES_PER_ANALYZER } from '../../domain/rules/limits.ts';
import type { RuleDraft, RuleEditor, RulePlace } from './rule-editor.ts';

/** Which analyzers a rule may be ticked for. */

type Ticking = Pick<RuleEditor, 'draft' | 'chosen'>;

/**
 * `free`: also by the key for all. `by-name`: only by itself, for it may be a mistake. `never`: a rule there would be
 * one by mistake for sure. Each but free with its reason.
 */
export interface PlaceState {
  readonly may: 'free' | 'by-name' | 'never';
  readonly why: string;
}

const FREE: PlaceState = { may: 'free', why: '' };

const isChosen = ({ chosen }: Ticking, { analyzer }: RulePlace): boolean => chosen.has(analyzer.arn);

export const chosenPlaces = (editor: Ticking): readonly RulePlace[] =>
  editor.draft.places.filter((place) => isChosen(editor, place));

export const chosenAnalyzers = (editor: Ticking): readonly Analyzer[] =>
  chosenPlaces(editor).map(({ analyzer }) => analyzer);

/** Criteria mean something for one kind of analyzer only: that of the others that are ticked. */
export function placeState(editor: Ticking, place: RulePlace): PlaceState {
  const { type, status, statusReason, managedBy } = place.analyzer;
  const [first] = chosenAnalyzers(editor);
  const kind = analyzerKind(first?.type ?? type);
  if (analyzerKind(type) !== kind) return { may: 'never', why: `not ${kind}` };
  if (status !== 'ACTIVE') {
    const why = `${status.toLowerCase()}${statusReason === undefined ? '' : `: ${statusReason}`}`;
    return { may: 'never', why };
  }
  if (lacksRoom(editor.draft, place)) return { may: 'by-name', why: 'full, unless AWS raised its quota' };
  return managedBy === undefined ? FREE : { may: 'by-name', why: `managed by ${managedBy}` };
}

/** No room for one rule more; a rule that is there already needs none. */
export const lacksRoom = ({ editing }: RuleDraft, { rules }: RulePlace): boolean =>
  rules.length >= RULES_PER_ANALYZER && (editing === undefined || !rules.includes(editing));

/** Ticked becomes not ticked, and the other way round. */
export function togglePlace(editor: Ticking, place: RulePlace): ReadonlySet<string> {
  const chosen = new Set(editor.chosen);
  if (chosen.delete(place.analyzer.arn)) return chosen;
  return placeState(editor, place).may === 'never' ? editor.chosen : chosen.add(place.analyzer.arn);
}

/** All of these that are free; where all of them are ticked already, none. */
export function toggleAll(editor: Ticking, places: readonly RulePlace[]): ReadonlySet<string> {
  const free = places.filter((place) => placeState(editor, place).may === 'free' || isChosen(editor, place));
  // Where nothing is ticked yet every kind is free: then the first one decides.
  const kinds = free.map(({ analyzer }) => analyzerKind(analyzer.type));
  const arns = free.filter((_, at) => kinds[at] === kinds[0]).map(({ analyzer }) => analyzer.arn);
  const chosen = new Set(editor.chosen);
  const isAll = arns.every((arn) => chosen.has(arn));
  for (const arn of arns) {
    if (isAll) chosen.delete(arn);
    else chosen.add(arn);
  }
  return chosen;
}
