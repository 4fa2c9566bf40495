import type { Connection } from './sqlite.ts';

/** Something that remembers ids of rows. */
interface Memory {
  forget(): void;
}

/** Runs the store's transactions. Ids that were remembered are forgotten when another process has written. */
export class WriteLock {
  readonly #connection: Connection;
  readonly #memories: readonly Memory[];
  #seen = -1;

  constructor(connection: Connection, memories: readonly Memory[]) {
    this.#connection = connection;
    this.#memories = memories;
  }

  write<T>(work: () => T): T {
    return this.#connection.transaction(() => {
      const version =
        this.#connection.get<{ data_version: number }>('PRAGMA data_version')?.data_version ?? 0;
      if (version !== this.#seen) for (const memory of this.#memories) memory.forget();
      this.#seen = version;
      return work();
    });
  }
}
