import type { Analyzer } from '../domain/analyzer.ts';
import { cleanText } from '../domain/text.ts';
import { parseCursor, type Cursor } from './cursor.ts';
import type { InterruptedPass, LastPass } from './ports.ts';

/** What to ask of one analyzer. */
export type AnalyzerPlan =
  /** Its findings cannot be seen; an empty list would be a lie. */
  | { readonly kind: 'skip'; readonly why: string }
  | { readonly kind: 'full'; readonly resume?: { readonly pass: InterruptedPass; readonly cursor: Cursor } }
  /** Only what changed at or after `since` (epoch ms). */
  | { readonly kind: 'incremental'; readonly since: number };

export interface PlanFacts {
  readonly analyzer: Analyzer;
  readonly last: LastPass | undefined;
  readonly interrupted: InterruptedPass | undefined;
  /** A full pass was asked for. */
  readonly full: boolean;
  readonly now: number;
}

const MINUTE = 60_000;
/** Page tokens live for an unpublished time; older ones are not tried. */
const RESUME_WITHIN = 60 * MINUTE;
/** What vanishes without a trace (resolved findings after 90 days) is noticed by a full pass only. */
const FULL_EVERY = 24 * 60 * MINUTE;
/** Allowance for this machine's clock, which the service's times are compared with. */
export const CLOCK_SKEW = 5 * MINUTE;
const RULES_EVERY = 10 * MINUTE;

/** Decides between a full and an incremental pass, and whether an interrupted one goes on. */
export function planAnalyzer(facts: PlanFacts): AnalyzerPlan {
  const { analyzer, last, full, now } = facts;
  if (analyzer.status !== 'ACTIVE') return { kind: 'skip', why: whyUnseen(analyzer) };
  const resume = resumeOf(facts);
  if (resume !== undefined) return { kind: 'full', resume };
  if (full || last?.fullAt === undefined || now - last.fullAt >= FULL_EVERY) return { kind: 'full' };
  return { kind: 'incremental', since: watermark(last) };
}

function whyUnseen({ name, region, status, statusReason }: Analyzer): string {
  const reason = statusReason === undefined ? '' : ` (${statusReason})`;
  return cleanText(`The analyzer ${name} in ${region} is ${status}${reason}: its findings cannot be seen.`);
}

function resumeOf({
  interrupted,
  last,
  now,
}: PlanFacts): { pass: InterruptedPass; cursor: Cursor } | undefined {
  if (interrupted === undefined || now - interrupted.startedAt >= RESUME_WITHIN) return undefined;
  if (last !== undefined && last.finishedAt > interrupted.startedAt) return undefined;
  const cursor = parseCursor(interrupted.nextToken);
  return cursor === undefined ? undefined : { pass: interrupted, cursor };
}

/**
 * Everything that changed before this is in the store. A listing is no snapshot: what changed while it ran may stand on
 * a page that had been read, so the start of the pass bounds it, less what clocks may differ.
 */
function watermark({ startedAt, finishedAt, maxUpdatedAt }: LastPass): number {
  return Math.min(maxUpdatedAt ?? -Infinity, (startedAt ?? finishedAt) - CLOCK_SKEW);
}

/** Archive rules change seldom: they are read by full passes and by the first pass of every ten minutes. */
export function wantsRules({ last, now }: PlanFacts, plan: AnalyzerPlan): boolean {
  if (plan.kind !== 'incremental' || last === undefined) return true;
  return Math.floor(now / RULES_EVERY) !== Math.floor(last.finishedAt / RULES_EVERY);
}
