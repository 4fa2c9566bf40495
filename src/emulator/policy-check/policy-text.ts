/** A JSON text with the place of every value in it, so that a finding can point at what it is about. */
export type JsonNode = {
  readonly start: number;
  readonly end: number;
} & (
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
  | { readonly kind: 'list'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'other'; readonly value: number | boolean | null }
);

export interface JsonMember {
  readonly key: string;
  readonly start: number;
  readonly value: JsonNode;
}

/** Where a text stops being JSON. */
export class JsonSyntaxError extends Error {
  readonly offset: number;

  constructor(offset: number) {
    super(`The text stops being JSON at character ${offset}`);
    this.name = 'JsonSyntaxError';
    this.offset = offset;
  }
}

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const LITERAL = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** @throws JsonSyntaxError */
export function parseJsonText(text: string): JsonNode {
  const reader = new Reader(text);
  const node = reader.value();
  reader.end();
  return node;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(): JsonNode {
    this.#match(SPACE);
    const start = this.#at;
    if (this.#take('{'))
      return { kind: 'object', members: this.#sequence('}', () => this.#member()), start, end: this.#at };
    if (this.#take('['))
      return { kind: 'list', items: this.#sequence(']', () => this.value()), start, end: this.#at };
    const string = this.#match(STRING);
    if (string !== undefined)
      return { kind: 'text', value: JSON.parse(string) as string, start, end: this.#at };
    const literal = this.#match(LITERAL);
    if (literal === undefined) throw new JsonSyntaxError(start);
    return { kind: 'other', value: JSON.parse(literal) as number | boolean | null, start, end: this.#at };
  }

  end(): void {
    this.#match(SPACE);
    if (this.#at < this.#text.length) throw new JsonSyntaxError(this.#at);
  }

  #member(): JsonMember {
    this.#match(SPACE);
    const start = this.#at;
    const key = this.#match(STRING);
    if (key === undefined) throw new JsonSyntaxError(start);
    this.#match(SPACE);
    if (!this.#take(':')) throw new JsonSyntaxError(this.#at);
    return { key: JSON.parse(key) as string, start, value: this.value() };
  }

  /** What stands between brackets, separated by commas; the opening one is taken already. */
  #sequence<T>(close: string, read: () => T): readonly T[] {
    const items: T[] = [];
    this.#match(SPACE);
    if (this.#take(close)) return items;
    for (;;) {
      items.push(read());
      this.#match(SPACE);
      if (this.#take(close)) return items;
      if (!this.#take(',')) throw new JsonSyntaxError(this.#at);
    }
  }

  #take(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at += 1;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}

/** Position as the API has it: lines from 1, columns and offsets from 0. */
export function positionOf(text: string, offset: number): { line: number; column: number; offset: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - (before.lastIndexOf('\n') + 1), offset };
}
