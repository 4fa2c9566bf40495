const PIECE_BYTES = 2 * 1024 * 1024;

/**
 * Takes many small arrays that never change into few large pieces of memory. Where they would stand by themselves among
 * garbage, the holes between them are never given back to the system.
 */
export class Shelf {
  #piece = new ArrayBuffer(0);
  #end = 0;

  keepBytes(bytes: Uint8Array): Uint8Array {
    const kept = new Uint8Array(this.#room(bytes.length), this.#end, bytes.length);
    kept.set(bytes);
    this.#end += bytes.length;
    return kept;
  }

  keepNumbers(numbers: Uint32Array): Uint32Array {
    const { byteLength, length, BYTES_PER_ELEMENT } = numbers;
    this.#end = Math.ceil(this.#end / BYTES_PER_ELEMENT) * BYTES_PER_ELEMENT;
    const kept = new Uint32Array(this.#room(byteLength), this.#end, length);
    kept.set(numbers);
    this.#end += byteLength;
    return kept;
  }

  /** The piece that has so much room behind its end. */
  #room(bytes: number): ArrayBuffer {
    if (this.#end + bytes > this.#piece.byteLength) {
      this.#piece = new ArrayBuffer(Math.max(PIECE_BYTES, bytes));
      this.#end = 0;
    }
    return this.#piece;
  }
}
