/** A transaction is made of this many findings, or of what came within this time, whichever is less. */
const FINDINGS = 10_000;
const MILLISECONDS = 300;

/**
 * Pages wait here for others, because a transaction has its price: findings come in the order of their ids, which is no
 * order, so each page of five hundred touches thousands of pages of the indexes, and every transaction writes them all.
 * A page and the token after it are always in the same transaction, so a crash loses nothing but time.
 */
export class PageBuffer {
  readonly #write: (work: () => void) => void;
  #pages: (() => void)[] = [];
  #findings = 0;
  #flushedAt = Number.NEGATIVE_INFINITY;

  constructor(write: (work: () => void) => void) {
    this.#write = write;
  }

  /** The first page after a pause is written at once: somebody may be waiting for it. */
  add(findings: number, page: () => void): void {
    this.#pages.push(page);
    this.#findings += findings;
    if (this.#findings >= FINDINGS || performance.now() - this.#flushedAt >= MILLISECONDS) this.flush();
  }

  flush(): void {
    if (this.#pages.length === 0) return;
    const pages = this.#pages;
    this.#pages = [];
    this.#findings = 0;
    try {
      this.#write(() => {
        for (const page of pages) page();
      });
    } finally {
      this.#flushedAt = performance.now();
    }
  }
}
