import { isOrganizationId } from '../domain/policy/granting.ts';
import { SORT_KEYS, type Sort } from '../domain/listing.ts';

/** What a person may set; the table below is what `settings.json` is checked against and what the README lists. */
export interface Settings {
  /** Name of a theme. */
  readonly theme: string;
  /** Profiles asked where the command line names none. */
  readonly profiles: readonly string[];
  /** Regions asked where the command line names none; empty: every Region of the partition. */
  readonly regions: readonly string[];
  /** Account id → name, for the ACCOUNT column. */
  readonly accounts: Readonly<Record<string, string>>;
  /** Outside accounts that are known: access for them weighs less. */
  readonly knownAccounts: readonly string[];
  /** Command id → chords, to rebind keys; none unbinds. */
  readonly keys: Readonly<Record<string, string | readonly string[]>>;
  /** GetFindingV2 requests a second, per account and Region. */
  readonly detailsPerSecond: number;
  /** Regions that are asked side by side. */
  readonly concurrency: number;
  /** Account id → organization that may keep access to it, as last typed in the console. */
  readonly organizations: Readonly<Record<string, string>>;
  /** Role assumed in another account to apply a fix there; empty: never. */
  readonly fixRoleName: string;
  readonly views: readonly View[];
}

interface View {
  readonly name: string;
  readonly filter: string;
  readonly sort: Sort;
  /** Ids of the columns shown. */
  readonly columns?: readonly string[];
}

export type SettingKey = keyof Settings;

export interface SettingSpec<T> {
  readonly default: T;
  /** Completes "it must be …". */
  readonly allowed: string;
  check(value: unknown): boolean;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTextRecord = (value: unknown): boolean => isRecord(value) && Object.values(value).every(isText);
const isAccount = (value: unknown): boolean => isText(value) && /^\d{12}$/.test(value);
const isWithin = (from: number, to: number) => (value: unknown) =>
  typeof value === 'number' && value >= from && value <= to;

const isByAccount = (value: unknown): boolean =>
  isTextRecord(value) && Object.keys(value as object).every(isAccount);

const isSort = (value: unknown): boolean =>
  isRecord(value) &&
  (SORT_KEYS as readonly unknown[]).includes(value['key']) &&
  typeof value['descending'] === 'boolean';

const isView = (value: unknown): boolean =>
  isRecord(value) &&
  isText(value['name']) &&
  isText(value['filter']) &&
  isSort(value['sort']) &&
  (value['columns'] === undefined || isTexts(value['columns']));

const isKeys = (value: unknown): boolean =>
  isRecord(value) && Object.values(value).every((keys) => isText(keys) || isTexts(keys));

export const SETTINGS: { readonly [K in SettingKey]: SettingSpec<Settings[K]> } = {
  theme: { default: 'default', allowed: 'the name of a theme (see `iam-triage themes`)', check: isText },
  profiles: { default: [], allowed: 'a list of profile names', check: isTexts },
  regions: { default: [], allowed: 'a list of Region codes such as "eu-west-1"', check: isTexts },
  accounts: {
    default: {},
    allowed: 'an object of 12-digit account ids to names',
    check: isByAccount,
  },
  knownAccounts: {
    default: [],
    allowed: 'a list of 12-digit account ids',
    check: (value) => Array.isArray(value) && value.every(isAccount),
  },
  keys: {
    default: {},
    allowed: 'an object of command ids to keys such as {"archive": "A", "scan": ["S", "f5"]}',
    check: isKeys,
  },
  detailsPerSecond: { default: 5, allowed: 'a number from 0.1 to 50', check: isWithin(0.1, 50) },
  concurrency: { default: 8, allowed: 'a number from 1 to 32', check: isWithin(1, 32) },
  organizations: {
    default: {},
    allowed: 'an object of 12-digit account ids to organization ids such as "o-a1b2c3d4e5"',
    check: (value) =>
      isByAccount(value) && Object.values(value as Record<string, string>).every(isOrganizationId),
  },
  fixRoleName: { default: '', allowed: 'the name of an IAM role', check: isText },
  views: {
    default: [],
    allowed: 'a list of {"name", "filter", "sort": {"key", "descending"}}',
    check: (value) => Array.isArray(value) && value.every(isView),
  },
};

export const defaultSettings = (): Settings =>
  Object.fromEntries(
    Object.entries(SETTINGS).map(([key, spec]) => [key, spec.default]),
  ) as unknown as Settings;
