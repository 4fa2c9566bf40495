import { element } from '../wire/xml.ts';
import type { Tags } from '../world/model.ts';

/** `<name>…</name>` around what is XML already. */
export const struct = (name: string, ...parts: readonly string[]): string =>
  `<${name}>${parts.join('')}</${name}>`;

export const list = (name: string, items: readonly string[]): string =>
  struct(name, ...items.map((item) => struct('member', item)));

export const optional = (name: string, value: string | number | undefined): string =>
  value === undefined ? '' : element(name, value);

/** IAM writes whole seconds: `2026-06-01T00:00:00Z`. */
export const timestamp = (name: string, at: number | undefined): string =>
  at === undefined ? '' : element(name, new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z'));

/** Policy documents travel percent-encoded as in RFC 3986 (API reference, "PolicyVersion"). */
export const policyDocument = (name: string, text: string): string =>
  element(
    name,
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
    ),
  );

export const tagList = (tags: Tags): string =>
  list(
    'Tags',
    Object.entries(tags).map(([key, value]) => element('Key', key) + element('Value', value)),
  );
