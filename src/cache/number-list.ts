const [COMMA, ZERO] = [44, 48];

/**
 * Numbers that SQLite's `group_concat` has made one text of: it comes over in a fraction of the time that rows take, and
 * may be megabytes long, so it is read digit by digit.
 */
export function parseNumbers(text: string | null | undefined): Float64Array {
  if (text === null || text === undefined || text === '') return new Float64Array(0);
  // Between two numbers there is a comma.
  const numbers = new Float64Array((text.length + 1) >> 1);
  let count = 0;
  let number = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== COMMA) number = number * 10 + (code - ZERO);
    else {
      numbers[count++] = number;
      number = 0;
    }
  }
  numbers[count] = number;
  return numbers.subarray(0, count + 1);
}
