import { Buffer } from 'node:buffer';

type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

const roomFor = (length: number): number => Math.ceil(length * 1.5) + 1024;

/** The same numbers with room for so many; pages that nobody has written to take no memory. */
export function grown<Kind extends Numbers>(numbers: Kind, length: number): Kind {
  if (length <= numbers.length) return numbers;
  const larger = new (numbers.constructor as new (length: number) => Kind)(roomFor(length));
  larger.set(numbers);
  return larger;
}

export function grownBytes(bytes: Buffer, length: number): Buffer {
  if (length <= bytes.length) return bytes;
  const larger = Buffer.alloc(roomFor(length));
  bytes.copy(larger);
  return larger;
}
