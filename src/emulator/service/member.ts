/**
 * The members of an operation's input as data, in the vocabulary of the API model: type, required, enum, pattern,
 * range. One table both checks a request and gives its handler the input's TypeScript type.
 */
export type Member =
  | TextMember
  | { readonly kind: 'integer'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'timestamp' }
  | { readonly kind: 'list'; readonly of: Member; readonly min?: number; readonly max?: number }
  | { readonly kind: 'map'; readonly of: Member }
  | { readonly kind: 'structure'; readonly members: Members }
  /** A structure of which exactly one member is set. */
  | { readonly kind: 'union'; readonly members: Members };

interface TextMember {
  readonly kind: 'text';
  /** Must match the whole value. */
  readonly pattern?: RegExp;
  readonly min?: number;
  readonly max?: number;
  readonly oneOf?: readonly string[];
}

export type Members = Readonly<Record<string, Member & { readonly required?: true }>>;

export const text = <const C extends Omit<TextMember, 'kind'>>(constraint: C) =>
  ({ kind: 'text', ...constraint }) as const;
export const oneOf = <const T extends readonly string[]>(values: T) =>
  ({ kind: 'text', oneOf: values }) as const;
export const integer = (range: { readonly min?: number; readonly max?: number } = {}) =>
  ({ kind: 'integer', ...range }) as const;
export const list = <M extends Member>(
  of: M,
  length: { readonly min?: number; readonly max?: number } = {},
) => ({ kind: 'list', of, ...length }) as const;
export const map = <M extends Member>(of: M) => ({ kind: 'map', of }) as const;
export const structure = <M extends Members>(members: M) => ({ kind: 'structure', members }) as const;
export const union = <M extends Members>(members: M) => ({ kind: 'union', members }) as const;
export const required = <M extends Member>(member: M) => ({ ...member, required: true }) as const;

export const STRING = { kind: 'text' } as const;
export const BOOLEAN = { kind: 'boolean' } as const;

type RequiredKey<M extends Members> = {
  [K in keyof M]: M[K] extends { readonly required: true } ? K : never;
}[keyof M];

/** The TypeScript type of a value that satisfies a member. Timestamps stay ISO 8601 strings. */
export type ValueOf<M> = M extends { readonly oneOf: readonly (infer T)[] }
  ? T
  : M extends { readonly kind: 'text' | 'timestamp' }
    ? string
    : M extends { readonly kind: 'integer' }
      ? number
      : M extends { readonly kind: 'boolean' }
        ? boolean
        : M extends { readonly kind: 'list'; readonly of: infer Of }
          ? readonly ValueOf<Of>[]
          : M extends { readonly kind: 'map'; readonly of: infer Of }
            ? Readonly<Record<string, ValueOf<Of>>>
            : M extends { readonly kind: 'structure'; readonly members: infer S extends Members }
              ? InputOf<S>
              : M extends { readonly kind: 'union'; readonly members: infer S extends Members }
                ? { readonly [K in keyof S]?: ValueOf<S[K]> }
                : never;

export type InputOf<M extends Members> = { readonly [K in RequiredKey<M>]: ValueOf<M[K]> } & {
  readonly [K in Exclude<keyof M, RequiredKey<M>>]?: ValueOf<M[K]>;
};
