/** The same names, told apart by a number where they come again: `logs`, `logs2`. */
export function uniqueNames(names: readonly string[]): readonly string[] {
  const used = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let number = 2; used.has(unique); number += 1) unique = `${name}${number}`;
    used.add(unique);
    return unique;
  });
}
