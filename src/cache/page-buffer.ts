/** A transaction is made of this many findings, or of what came within this time, whichever is less. */
const FINDINGS = 10_000;
const MILLISECONDS = 300;

export interface WaitingPage {
  readonly findings: number;
  write(this: void): void;
  /** It was in a transaction that failed: nothing of it is in the store. */
  lost(this: void, why: unknown): void;
}

/**
 * Pages wait here for others, because a transaction has its price: findings come in the order of their ids, which is no
 * order, so each page of five hundred touches thousands of pages of the indexes, and every transaction writes them all.
 * A page and the token after it are always in the same transaction, so a crash loses nothing but time.
 */
export class PageBuffer {
  readonly #write: (work: () => void) => void;
  #pages: WaitingPage[] = [];
  #findings = 0;
  #flushedAt = Number.NEGATIVE_INFINITY;

  constructor(write: (work: () => void) => void) {
    this.#write = write;
  }

  /** The first page after a pause is written at once: somebody may be waiting for it. */
  add(page: WaitingPage): void {
    this.#pages.push(page);
    this.#findings += page.findings;
    if (this.#findings >= FINDINGS || performance.now() - this.#flushedAt >= MILLISECONDS) this.flush();
  }

  flush(): void {
    if (this.#pages.length === 0) return;
    const pages = this.#pages;
    this.#pages = [];
    this.#findings = 0;
    try {
      this.#write(() => {
        for (const page of pages) page.write();
      });
    } catch (why) {
      for (const page of pages) page.lost(why);
      throw why;
    } finally {
      this.#flushedAt = performance.now();
    }
  }
}
