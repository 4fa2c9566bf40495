/**
 * A pure function of an object that is never changed, worked out once per object and forgotten with it: plans and
 * journal entries can hold 100,000 findings, and a screen reads them with every frame.
 */
export function remember<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found.value;
    const value = make(key);
    known.set(key, { value });
    return value;
  };
}
