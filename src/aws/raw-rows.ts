import type * as Sdk from '@aws-sdk/client-accessanalyzer';

/** A row as it came: nothing about its members has been checked. */
export type RawRow = Readonly<Record<string, unknown>>;

type ListCommand = Sdk.ListFindingsCommand | Sdk.ListFindingsV2Command;

/**
 * Takes the rows out of a list's answer before the SDK walks them: its schema walk and date parsing are four fifths of
 * the processor time of a long list. The rest of the answer, and every answer that is no list, is the SDK's as always.
 * Answers the rows of the last attempt.
 */
export function takeRows(command: ListCommand): () => readonly RawRow[] {
  let rows: readonly RawRow[] = [];
  // Both commands have the same stack as far as this middleware can see.
  const stack = command.middlewareStack as Sdk.ListFindingsCommand['middlewareStack'];
  stack.add(
    (next) => async (args) => {
      const result = await next(args);
      const response = result.response as HttpAnswer;
      if (response.statusCode >= 300 || response.body === undefined) return result;
      const body = await collect(response.body);
      const list = parseList(body);
      rows = list?.rows ?? [];
      response.body = list?.rest ?? body;
      return result;
    },
    // Next to the wire, inside the retries: an answer that breaks off is asked for again.
    { step: 'deserialize', priority: 'low', name: 'iamTriageTakeRows' },
  );
  return () => rows;
}

interface HttpAnswer {
  readonly statusCode: number;
  body: AsyncIterable<Uint8Array> | Uint8Array | undefined;
}

async function collect(body: AsyncIterable<Uint8Array> | Uint8Array): Promise<Buffer> {
  if (body instanceof Uint8Array) return Buffer.from(body);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** `undefined` for what is no list: the SDK then says what is wrong with it. */
function parseList(
  body: Buffer,
): { readonly rows: readonly RawRow[]; readonly rest: Uint8Array } | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
  if (!isRow(answer) || !Array.isArray(answer['findings'])) return undefined;
  const rest = Buffer.from(JSON.stringify({ ...answer, findings: [] }));
  return { rows: answer['findings'].filter(isRow), rest };
}

const isRow = (value: unknown): value is RawRow =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
