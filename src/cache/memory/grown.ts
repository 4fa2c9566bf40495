type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

const roomFor = (length: number): number => Math.ceil(length * 1.5) + 16;

/** The same numbers with room for so many; pages that nobody has written to take no memory. */
export function grown<Kind extends Numbers>(numbers: Kind, length: number): Kind {
  if (length <= numbers.length) return numbers;
  const larger = new (numbers.constructor as new (length: number) => Kind)(roomFor(length));
  larger.set(numbers);
  return larger;
}
