import { RULES_PER_ANALYZER, VALUES_PER_CRITERION } from '../../domain/rules/limits.ts';
import { cleanText } from '../../domain/text.ts';
import { formatCount, formatNumber } from '../../domain/format-count.ts';
import type { RuleEditor, RulePlace, RuleTrial } from '../rules/rule-editor.ts';
import { chosenPlaces } from '../rules/rule-places.ts';
import { criteriaOf, placeName, placesWithName, rulesToMake } from '../rules/write-rule.ts';
import { deadValueText } from './rules.ts';
import type { TextLine } from './text-line.ts';
import { wrapLines } from './wrap-lines.ts';

/** What is to be said of the rule that is being written, the gravest first, as lines of a width. */
export function selectRemarks(editor: RuleEditor, cells: number): readonly TextLine[] {
  const { trial, draft } = editor;
  const written = criteriaOf(editor);
  const isTyped = !written.ok && editor.problem === undefined;
  const unfinished = isTyped
    ? [{ text: 'What is being typed is not a criterion yet.', tone: 'muted' as const }]
    : [];
  const remarks = [
    ...(trial?.canHidePublic === true ? [CAN_HIDE_PUBLIC] : []),
    ...aboutPlaces(editor),
    ...aboutSplit(editor),
    ...(draft.unsaid === undefined ? [] : [`! A rule cannot say ${draft.unsaid}`]).map(warning),
    ...(trial === undefined ? [] : doubts(trial)),
    ...unfinished,
  ];
  return wrapLines(remarks, cells);
}

/** Why the word `public` is asked for. */
export const CAN_HIDE_PUBLIC: TextLine = {
  text: '! It can hide public access: it lacks isPublic = false.',
  tone: 'public',
};

const warning = (text: string): TextLine => ({ text: cleanText(text), tone: 'warning' });

/** "eu-west-1/main and 3 more" */
const few = (places: readonly RulePlace[]): string =>
  places.slice(0, 1).map(placeName).join('') + (places.length > 1 ? ` and ${places.length - 1} more` : '');

function aboutPlaces(editor: RuleEditor): readonly TextLine[] {
  if (editor.chosen.size === 0) return [warning('! No analyzer is ticked.')];
  const rules = rulesToMake(editor);
  const names = rules.ok ? rules.value.map(({ name }) => name) : [editor.name.text.trim()];
  const taken = names.flatMap((name) => {
    const places = placesWithName(editor, name);
    return places.length === 0 ? [] : [`! The name ${name} is taken: ${few(places)}.`];
  });
  const full = chosenPlaces(editor).filter((place) => roomAfter(place, names) < 0);
  const text = `! No room on ${few(full)}: AWS takes ${RULES_PER_ANALYZER} rules, unless the quota was raised.`;
  return [...taken, ...(full.length === 0 ? [] : [text])].map(warning);
}

/** Rules that the analyzer still takes once these are there; below 0: it takes fewer. */
export const roomAfter = ({ rules }: RulePlace, names: readonly string[]): number =>
  RULES_PER_ANALYZER - rules.length - names.filter((name) => !rules.includes(name)).length;

function aboutSplit(editor: RuleEditor): readonly TextLine[] {
  const rules = rulesToMake(editor);
  if (!rules.ok) return [];
  const names = rules.value.map(({ name }) => cleanText(name));
  if (names.length === 1) return [];
  const list = names.length > 3 ? `${names[0] ?? ''} … ${names.at(-1) ?? ''}` : names.join(', ');
  const text = `A criterion takes ${VALUES_PER_CRITERION} values: this becomes ${names.length} rules, ${list}.`;
  return [{ text, tone: 'accent' }];
}

const DEAD_SHOWN = 3;

function doubts({ uncertain, overlaps, dead, unknownKeys }: RuleTrial): readonly TextLine[] {
  const more = dead.length - DEAD_SHOWN;
  return [
    ...(uncertain === 0
      ? []
      : [`${formatNumber(uncertain)} more may match: their details are not fetched yet.`]),
    ...dead
      .slice(0, DEAD_SHOWN)
      .map((value) => `No finding there has ${deadValueText(value)}: a typing error?`),
    ...(more > 0 ? [`No finding there has ${formatCount(more, 'more value')} of it.`] : []),
    ...overlaps.map((text) => `It is ${text}.`),
    ...unknownKeys.map((key) => `AWS does not document the key ${key}.`),
  ].map(warning);
}
