import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../themes/', import.meta.url);

/** The themes that ship with the program, as the loader wants them. */
export function shippedThemes(): Map<string, string> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'schema.json');
  return new Map(
    files.sort().map((file) => [file.slice(0, -5), readFileSync(new URL(file, folder), 'utf8')]),
  );
}
