import { ProblemError } from '../domain/problem.ts';

export interface Paged {
  readonly nextToken?: string | undefined;
}

/** The token of the page after this one. An empty one means what none means: this was the last. */
export const nextTokenOf = (page: Paged): string | undefined =>
  page.nextToken === '' ? undefined : page.nextToken;

/** The pages of a list, each asked for when the one before has been used. */
export async function* readPages<T extends Paged>(
  ask: (token: string | undefined) => Promise<T>,
  start?: string,
): AsyncIterable<T> {
  let token = start;
  do {
    const page = await ask(token);
    const next = nextTokenOf(page);
    // A token that does not move would page for ever.
    if (next !== undefined && next === token) {
      throw new ProblemError({
        kind: 'bad-answer',
        message: 'AWS gave the same page token twice.',
        retryable: true,
      });
    }
    yield page;
    token = next;
  } while (token !== undefined);
}

/** What a request carries of a token. */
export const withToken = (nextToken: string | undefined): { nextToken?: string } =>
  nextToken === undefined ? {} : { nextToken };

/** All pages of a list at once; each call gets what it carries of a token. */
export async function readAllPages<T extends Paged>(
  ask: (token: { readonly nextToken?: string }) => Promise<T>,
): Promise<readonly T[]> {
  const pages: T[] = [];
  for await (const page of readPages((token) => ask(withToken(token)))) pages.push(page);
  return pages;
}
