import type { UnusedService } from '../../domain/finding.ts';
import { ALL_ACTIONS, expandActions, namespaceOf } from '../world/action-catalogue.ts';
import { parsePolicy, type Statement } from '../world/policy.ts';

/** What of a policy its holder uses: nothing of it, all of it, or a narrower policy. */
export type Narrowed =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'everything' }
  | { readonly kind: 'part'; readonly document: string };

type RawStatement = Readonly<Record<string, unknown>>;

/**
 * The policy without what is unused. Statements keep their Sid, resources and conditions; a wildcard that covers
 * something unused is spelt out. Deny statements stay as they are: they grant nothing.
 * @throws PolicyError
 */
export function narrowPolicy(document: string, unused: readonly UnusedService[]): Narrowed {
  const { statements } = parsePolicy(document);
  const policy = JSON.parse(document) as RawStatement;
  const raw = [policy['Statement']].flat() as readonly RawStatement[];
  const isUnused = createUnusedTest(unused);
  const narrowed = statements.map((statement, i) => narrowStatement(statement, raw[i] ?? {}, isUnused));
  if (narrowed.every((statement, i) => statement === raw[i])) return { kind: 'everything' };
  const kept = narrowed.filter((statement) => statement !== undefined);
  const grants = kept.some((statement) => statement['Effect'] === 'Allow');
  if (!grants) return { kind: 'nothing' };
  return { kind: 'part', document: JSON.stringify({ ...policy, Statement: kept }, undefined, 2) };
}

type UnusedTest = (action: string) => boolean;

function createUnusedTest(unused: readonly UnusedService[]): UnusedTest {
  const services = new Set(
    unused.filter(({ actions }) => actions === undefined).map((each) => each.serviceNamespace),
  );
  const actions = new Set(
    unused.flatMap((service) => service.actions ?? []).map(({ action }) => action.toLowerCase()),
  );
  return (action) => services.has(namespaceOf(action)) || actions.has(action.toLowerCase());
}

/** `undefined`: nothing of it is used. The same object: all of it is. */
function narrowStatement(
  statement: Statement,
  raw: RawStatement,
  isUnused: UnusedTest,
): RawStatement | undefined {
  if (statement.effect === 'Deny') return raw;
  const covered = expandActions(statement, ALL_ACTIONS);
  if (!covered.some(isUnused)) return raw;
  const kept = statement.actions.not
    ? covered.filter((each) => !isUnused(each))
    : keptActions(statement, isUnused);
  if (kept.length === 0) return undefined;
  const { Action: _, NotAction: __, ...rest } = raw;
  const { Resource, NotResource, Condition, ...head } = rest;
  return withoutAbsent({ ...head, Action: kept, Resource, NotResource, Condition });
}

/** Names of the statement's own that are used throughout stay as they are written; the others are spelt out. */
function keptActions(statement: Statement, isUnused: UnusedTest): readonly string[] {
  const kept = statement.actions.values.flatMap((name) => {
    const meant = expandActions({ ...statement, actions: { not: false, values: [name] } }, ALL_ACTIONS);
    const used = meant.filter((action) => !isUnused(action));
    return used.length === meant.length ? [name] : used;
  });
  return [...new Set(kept)];
}

const withoutAbsent = (statement: RawStatement): RawStatement =>
  Object.fromEntries(Object.entries(statement).filter(([, value]) => value !== undefined));
