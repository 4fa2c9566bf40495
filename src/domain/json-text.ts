/** All that JSON leaves as it is and that may not be harmless; most texts have none of it. */
const BEYOND_ASCII = /[\u007f-\uffff]/;

let suspect: RegExp | undefined;

/** Made when the first text comes that needs it: the Unicode properties take long. */
const suspects = (): RegExp =>
  (suspect ??= /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu);

const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');

/**
 * JSON for a terminal. `JSON.stringify` escapes the C0 controls alone: what steers a terminal by one of C1, reorders what is
 * read or is not seen at all is escaped here, too. Whoever parses it reads the same.
 */
export function toJsonText(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, undefined, indent);
  return BEYOND_ASCII.test(text) ? text.replace(suspects(), escaped) : text;
}
