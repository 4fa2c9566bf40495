import { FINDING_STATUSES, FINDING_TYPES, type FindingStatus, type FindingType } from '../domain/finding.ts';

/** Small numbers that stand for the API's words in the store. They are on people's disks: add, never renumber. */
export const TYPE_CODES: Readonly<Record<FindingType, number>> = {
  ExternalAccess: 1,
  InternalAccess: 2,
  UnusedIAMRole: 3,
  UnusedIAMUserAccessKey: 4,
  UnusedIAMUserPassword: 5,
  UnusedPermission: 6,
};

export const STATUS_CODES: Readonly<Record<FindingStatus, number>> = { ACTIVE: 1, ARCHIVED: 2, RESOLVED: 3 };

const invert = <Word extends string>(
  words: readonly Word[],
  codes: Readonly<Record<Word, number>>,
): ReadonlyMap<number, Word> => new Map(words.map((word) => [codes[word], word]));

const TYPES = invert(FINDING_TYPES, TYPE_CODES);
const STATUSES = invert(FINDING_STATUSES, STATUS_CODES);

function known<Word>(words: ReadonlyMap<number, Word>, code: number): Word {
  const word = words.get(code);
  if (word === undefined) throw new Error(`The store holds the unknown code ${code}.`);
  return word;
}

export const typeOfCode = (code: number): FindingType => known(TYPES, code);
export const statusOfCode = (code: number): FindingStatus => known(STATUSES, code);
