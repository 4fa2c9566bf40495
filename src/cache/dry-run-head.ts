/** The riskiest exposures of many that go by, without sorting them: risks are whole numbers from 0 to 100. */
export class Head {
  readonly #limit: number;
  readonly #byRisk: number[][] = [];
  /** Below this risk there are enough already. */
  #least = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(risk: number, row: number): void {
    if (risk < this.#least) return;
    const rows = (this.#byRisk[risk] ??= []);
    if (rows.length >= this.#limit) {
      this.#least = risk + 1;
      return;
    }
    if (rows.at(-1) !== row) rows.push(row);
  }

  /** As many as the limit, or all there were; the riskiest first. */
  rows(): readonly number[] {
    return this.#byRisk
      .toReversed()
      .flatMap((rows: readonly number[] | undefined) => rows ?? [])
      .slice(0, this.#limit);
  }
}
