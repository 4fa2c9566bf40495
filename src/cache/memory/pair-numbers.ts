/** Numbers pairs of whole numbers in the order in which they first come, in a fifth of the memory that a Map would take. */
export class PairNumbers {
  /** Of each number. There is room for more. */
  firsts = new Int32Array(512);
  seconds = new Int32Array(512);
  /** At the place that a pair hashes to, or at the next free one: 1 more than its number. */
  #slots = new Int32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  numberOf(first: number, second: number): number {
    const slot = this.#slotOf(first, second);
    const known = this.#slots[slot] ?? 0;
    if (known > 0) return known - 1;
    if (this.#length === this.firsts.length) {
      this.#grow();
      return this.numberOf(first, second);
    }
    const number = this.#length++;
    this.firsts[number] = first;
    this.seconds[number] = second;
    this.#slots[slot] = number + 1;
    return number;
  }

  /** Half of the slots stay free, so that one is soon found. */
  #slotOf(first: number, second: number): number {
    const mask = this.#slots.length - 1;
    let slot = (Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)) >>> 0;
    slot ^= slot >>> 15;
    for (slot &= mask; ; slot = (slot + 1) & mask) {
      const number = (this.#slots[slot] ?? 0) - 1;
      if (number < 0 || (this.firsts[number] === first && this.seconds[number] === second)) return slot;
    }
  }

  #grow(): void {
    const [firsts, seconds] = [this.firsts, this.seconds];
    this.firsts = new Int32Array(firsts.length * 2);
    this.seconds = new Int32Array(seconds.length * 2);
    this.#slots = new Int32Array(this.#slots.length * 2);
    this.#length = 0;
    firsts.forEach((first, number) => this.numberOf(first, seconds[number] ?? 0));
  }
}
