/** `1 finding`, `1,204 findings`: a number with its noun. The plural is the noun and `s` unless it is given. */
export const formatCount = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;

/** `Region` or `Regions`, without the number. */
export const pluralOf = (count: number, noun: string, plural = `${noun}s`): string =>
  count === 1 ? noun : plural;
