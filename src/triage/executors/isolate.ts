import type { UpdateFindingsChange } from '../../domain/journal.ts';
import { type Problem, type ProblemKind, toProblem } from '../../domain/problem.ts';
import type { Attempt, ExecutorContext, OperationOf } from './executor.ts';

type UpdateFindings = OperationOf<UpdateFindingsChange>;

/** Requests that taking one refused chunk apart may cost: enough for several bad ids, not one for each of fifty. */
const BUDGET = 24;

const ABOUT_IDS: ReadonlySet<ProblemKind> = new Set<ProblemKind>(['not-found', 'invalid', 'conflict']);

/** UpdateFindings fails as a whole for one unknown or resolved id; these problems may be of that sort. */
export const isAboutIds = (problem: Problem): boolean => ABOUT_IDS.has(problem.kind);

/**
 * A chunk was refused: reads which of its findings can still change and sends those alone. Where that is refused too,
 * halves are tried until the refused ids stand alone. Throws nothing; what stays unexplained is the attempt's problem.
 */
export async function isolate(
  operation: UpdateFindings,
  problem: Problem,
  context: ExecutorContext,
): Promise<Attempt> {
  const { profile, region, analyzerArn, change } = operation;
  let changeable: readonly string[];
  try {
    const found = await context.gateway
      .at({ profile, region })
      .readFindings(analyzerArn, profile, change.ids);
    const open = new Set(found.filter(({ status }) => status !== 'RESOLVED').map(({ id }) => id));
    changeable = change.ids.filter((id) => open.has(id));
  } catch {
    // The analyzer itself may be gone: the first refusal says more than a failed look at it.
    return { sent: true, problem };
  }
  if (changeable.length === 0) return { sent: true };
  return halve(
    createSender(operation, context),
    changeable,
    changeable.length < change.ids.length ? undefined : problem,
  );
}

interface Sender {
  /** `undefined`: taken. */
  send(ids: readonly string[]): Promise<Problem | undefined>;
  readonly spent: number;
}

/** Each part is a request of its own, so it needs a token of its own; derived, so that a repeat reuses it. */
function createSender(operation: UpdateFindings, context: ExecutorContext): Sender {
  const { profile, region, analyzerArn, change, clientToken } = operation;
  let spent = 0;
  return {
    get spent() {
      return spent;
    },
    async send(ids) {
      spent += 1;
      const options = {
        clientToken: `${clientToken}-${spent}`,
        ...(context.signal === undefined ? {} : { signal: context.signal }),
      };
      try {
        await context.gateway
          .at({ profile, region })
          .updateFindings(analyzerArn, ids, change.status, options);
        return undefined;
      } catch (thrown) {
        return toProblem(thrown);
      }
    },
  };
}

/** `known`: these very ids were refused just now, so they are not sent together again. */
async function halve(sender: Sender, all: readonly string[], known: Problem | undefined): Promise<Attempt> {
  const refused = new Map<string, Problem>();
  const parts: { readonly ids: readonly string[]; readonly known: Problem | undefined }[] = [
    { ids: all, known },
  ];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const problem = part.known ?? (await sender.send(part.ids));
    if (problem === undefined) continue;
    if (!isAboutIds(problem)) return { sent: true, problem, refused };
    const [only] = part.ids;
    if (part.ids.length === 1 && only !== undefined) {
      refused.set(only, problem);
      continue;
    }
    if (sender.spent >= BUDGET) return { sent: true, problem, refused };
    const middle = Math.ceil(part.ids.length / 2);
    parts.push(
      { ids: part.ids.slice(middle), known: undefined },
      { ids: part.ids.slice(0, middle), known: undefined },
    );
  }
  return { sent: true, refused };
}
