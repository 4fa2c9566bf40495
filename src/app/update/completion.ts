import { formatNumber } from '../../domain/format-count.ts';
import { FILTER_KEYS } from '../../domain/filter/ast.ts';
import type { FilterKey } from '../../domain/filter/ast.ts';
import type { AccountNames } from '../../domain/filter/account-names.ts';
import { completionAt, FILTER_KEY_HELP } from '../../domain/filter/complete.ts';
import type { Effect } from '../effect.ts';
import type { CompletionItem } from '../completing.ts';
import type { TextField } from '../text-field.ts';
import type { ValueCount } from '../../domain/listing.ts';
import { cleanText } from '../../domain/text.ts';

/** What could stand at the caret of the filter: keys with what they mean, values with how often the store has them. */

type Place = { readonly from: number; readonly to: number };

const startsWith = (text: string, prefix: string): boolean =>
  text.toLowerCase().startsWith(prefix.toLowerCase());

const keyItems = (prefix: string, place: Place): readonly CompletionItem[] =>
  FILTER_KEYS.filter((key) => startsWith(key, prefix) && key !== prefix).map((key) => ({
    insert: `${key}:`,
    ...place,
    hint: FILTER_KEY_HELP[key].summary,
  }));

/** A value as the grammar wants it: quoted where it holds what would end it or mean something else. */
const quoted = (value: string): string =>
  /^[^\s"'(),*\\<>=]+$/u.test(value) ? value : `"${value.replace(/["\\*]/gu, '\\$&')}"`;

const knownValues = (key: FilterKey, prefix: string, place: Place): readonly CompletionItem[] =>
  (FILTER_KEY_HELP[key].values ?? [])
    .filter((value) => startsWith(value, prefix) && value !== prefix)
    .map((value) => ({ insert: value, ...place, hint: '' }));

/** Completions that need no asking, and the question for those that do. */
export function completionsOf(field: TextField): readonly [readonly CompletionItem[], readonly Effect[]] {
  const at = completionAt(field.text, field.caret);
  if (at.kind === 'key') return [at.prefix === '' ? [] : keyItems(at.prefix, at), []];
  const key = at.key;
  if (key === undefined) return [[], []];
  if (FILTER_KEY_HELP[key].values !== undefined) return [knownValues(key, at.prefix, at), []];
  return [[], [{ kind: 'load-values', key, prefix: at.prefix, text: field.text }]];
}

/** The store's answer about the values of a key, for the text it was asked about; it knows accounts by their ids only. */
export function valueItems(
  field: TextField,
  values: readonly ValueCount[],
  accountNames: AccountNames,
): readonly CompletionItem[] {
  const { from, to, prefix, key } = completionAt(field.text, field.caret);
  const names = key === 'account' ? accountNames : {};
  const item = (insert: string, hint: string): CompletionItem => ({
    insert: quoted(cleanText(insert)),
    from,
    to,
    hint,
  });
  const known = values
    .filter(({ value }) => value !== prefix)
    .map(({ value, count }) => item(value, [formatNumber(count), names[value]].filter(Boolean).join('  ')));
  const named = Object.entries(names)
    .filter(([, name]) => prefix !== '' && name !== prefix && startsWith(name, prefix))
    .map(([id, name]) => item(name, id));
  return [...known, ...named];
}
