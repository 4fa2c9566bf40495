/** Rows of the store in their order, as stretches without gaps: a million rows that were written in a row are one. */
export class RowIds {
  /** Of each stretch: its first row, and how many rows stand before it. */
  readonly #firsts: number[] = [];
  readonly #places: number[] = [];
  #length = 0;
  #next = -1;

  get length(): number {
    return this.#length;
  }

  /** The last one; 0: there is none. */
  get last(): number {
    return this.#length === 0 ? 0 : this.#next - 1;
  }

  /** A row after all that are here. */
  push(id: number): void {
    if (id !== this.#next) {
      this.#firsts.push(id);
      this.#places.push(this.#length);
    }
    this.#next = id + 1;
    this.#length += 1;
  }

  at(place: number): number {
    const stretch = lastUpTo(this.#places, place);
    return (this.#firsts[stretch] ?? 0) + place - (this.#places[stretch] ?? 0);
  }

  /** undefined: it is not here. */
  placeOf(id: number): number | undefined {
    const stretch = lastUpTo(this.#firsts, id);
    if (stretch < 0) return undefined;
    const place = (this.#places[stretch] ?? 0) + id - (this.#firsts[stretch] ?? 0);
    return place < (this.#places[stretch + 1] ?? this.#length) ? place : undefined;
  }
}

/** Place of the last of these rising numbers that is not greater; -1: all are. */
function lastUpTo(numbers: readonly number[], most: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= most) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
