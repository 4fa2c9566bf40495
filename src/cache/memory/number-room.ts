/** Room for lists of numbers that go together: megabytes that are taken again and again, and would be garbage each time. */
export class NumberRoom {
  #numbers = new Uint32Array(0);
  #taken = 0;

  /** Room for so many. */
  take(length: number): Uint32Array {
    if (this.#taken + length > this.#numbers.length) {
      this.#numbers = new Uint32Array(Math.max(length, this.#numbers.length * 2));
      this.#taken = 0;
    }
    const taken = this.#numbers.subarray(this.#taken, this.#taken + length);
    this.#taken += length;
    return taken;
  }

  /** Nobody looks at any list any more. */
  clear(): void {
    this.#taken = 0;
  }
}
