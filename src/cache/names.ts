import type { Connection } from './sqlite.ts';

/** Texts that repeat (resource types, account ids, error codes), as numbers. 0 stands for "none". */
export class Names {
  readonly #connection: Connection;
  readonly #ids = new Map<string, number>();
  readonly #texts = new Map<number, string>();

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.onRollback(() => this.forget());
  }

  /** Writes the text when it is new. */
  idOf(text: string): number {
    return this.#ids.get(text) ?? this.#learn(text);
  }

  idOfOptional(text: string | undefined): number {
    return text === undefined ? 0 : this.idOf(text);
  }

  textOf(id: number): string {
    const known = this.#texts.get(id);
    if (known !== undefined) return known;
    const row = this.#connection.get<{ text: string }>('SELECT text FROM name WHERE id = ?', id);
    if (row === undefined) throw new Error(`The store has no name ${id}.`);
    this.#texts.set(id, row.text);
    return row.text;
  }

  textOfOptional(id: number): string | undefined {
    return id === 0 ? undefined : this.textOf(id);
  }

  forget(): void {
    this.#ids.clear();
    this.#texts.clear();
  }

  #learn(text: string): number {
    this.#connection.run('INSERT INTO name (text) VALUES (?) ON CONFLICT DO NOTHING', text);
    const row = this.#connection.get<{ id: number }>('SELECT id FROM name WHERE text = ?', text);
    if (row === undefined) throw new Error('A name that was just written is not there.');
    this.#ids.set(text, row.id);
    return row.id;
  }
}
