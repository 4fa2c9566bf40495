/** `1,204`. What `toLocaleString` would say, without the tables of all languages, which take long to load at a start. */
export const formatNumber = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** `1 finding`, `1,204 findings`: a number with its noun. The plural is the noun and `s` unless it is given. */
export const formatCount = (count: number, noun: string, plural = `${noun}s`): string =>
  `${formatNumber(count)} ${count === 1 ? noun : plural}`;
