import { analyzerKind } from '../../domain/analyzer.ts';
import { RULES_PER_ANALYZER } from '../../domain/rules/limits.ts';
import { cleanText } from '../../domain/text.ts';
import { formatCount, formatNumber } from '../../domain/format-count.ts';
import type { RuleEditor, RulePlace } from '../rules/rule-editor.ts';
import { chosenPlaces, placeState } from '../rules/rule-places.ts';
import type { Viewport } from '../state.ts';
import { editorRows } from './rule-layout.ts';

/** The list of analyzers to tick. */

export interface PlaceRow {
  readonly ticked: boolean;
  readonly profile: string;
  readonly region: string;
  readonly name: string;
  readonly kind: string;
  /** "2/100": of the quota that AWS gives unasked. */
  readonly rules: string;
  /** Active findings that the rule would archive there; '…' until they are counted. */
  readonly archives: string;
  readonly may: 'free' | 'by-name' | 'never';
  readonly why: string;
}

const textOf = ({ analyzer: { profile, region, name, type } }: RulePlace): string =>
  `${profile} ${region} ${name} ${analyzerKind(type)}`.toLowerCase();

/** Those that what is typed leaves: all of its words, anywhere. */
export function shownPlaces({ draft, picker }: Pick<RuleEditor, 'draft' | 'picker'>): readonly RulePlace[] {
  const words = (picker?.field.text ?? '').toLowerCase().split(' ');
  return draft.places.filter((place) => words.every((word) => textOf(place).includes(word)));
}

/** By ARN: an analyzer is listed once, however many profiles see it. */
function countsByArn({ trial }: RuleEditor): ReadonlyMap<string, number> | undefined {
  return trial && new Map(trial.byAnalyzer.map((each) => [each.analyzerArn, each.wouldArchive]));
}

export function selectPlaceRows(editor: RuleEditor, places: readonly RulePlace[]): readonly PlaceRow[] {
  const counts = countsByArn(editor);
  return places.map((place) => {
    const { profile, region, name, type, arn } = place.analyzer;
    const state = placeState(editor, place);
    return {
      ticked: editor.chosen.has(arn),
      profile: cleanText(profile),
      region: cleanText(region),
      name: cleanText(name),
      kind: analyzerKind(type),
      rules: `${place.rules.length}/${RULES_PER_ANALYZER}`,
      archives: counts === undefined ? '…' : formatNumber(counts.get(arn) ?? 0),
      may: state.may,
      why: cleanText(state.why),
    };
  });
}

/** "7 of 12 analyzers in 6 Regions" */
export function placesText(editor: RuleEditor): string {
  const chosen = chosenPlaces(editor);
  const [only] = chosen;
  if (only === undefined) return `none of ${formatCount(editor.draft.places.length, 'analyzer')}`;
  if (chosen.length === 1) return cleanText(`${only.analyzer.region}/${only.analyzer.name}`);
  const regions = new Set(chosen.map(({ analyzer }) => analyzer.region)).size;
  return `${chosen.length} of ${formatCount(editor.draft.places.length, 'analyzer')}, in ${formatCount(regions, 'Region')}`;
}

/** What the rule would archive on all that are ticked now, whatever the trial was asked about. */
export function tickedArchives(editor: RuleEditor): number | undefined {
  const counts = countsByArn(editor);
  return counts && [...editor.chosen].reduce((sum, arn) => sum + (counts.get(arn) ?? 0), 0);
}

/** Rules that the fullest of the ticked analyzers still takes. */
export const roomLeft = (editor: RuleEditor): number =>
  Math.min(...chosenPlaces(editor).map(({ rules }) => RULES_PER_ANALYZER - rules.length));

/** Above the list: what is typed and a head; below it: why the one under the cursor is as it is, where more is. */
const AROUND = 4;

export const pickerRows = (viewport: Viewport): number => Math.max(3, editorRows(viewport) - AROUND);
