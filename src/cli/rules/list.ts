import { formatCriteria } from '../../domain/rules/criteria-text.ts';
import type { RuleFacts } from '../../domain/rules/rule-facts.ts';
import { cleanText } from '../../domain/text.ts';
import { ageText } from '../../domain/words.ts';
import { toIso } from '../../domain/finding-json.ts';
import { toJsonText } from '../../domain/json-text.ts';
import { analyzerNameOf } from '../../triage/summarize-plan.ts';
import { formatSummary } from '../list.ts';
import { print } from '../print.ts';
import { fitColumns, formatTable } from '../table.tsx';
import type { RulesCommand } from './rules-command.ts';

/** `rules list`: every rule with what it hides now, its last hit, and how many of what it hides are public. */
export const list: RulesCommand = async ({ io, options, service, store, runtime }) => {
  const facts = service.facts();
  const text = options.flag('json')
    ? `${toJsonText(facts.map(toJson))}\n`
    : formatTable(
        fitColumns(Math.max(io.columns, 100), COLUMNS),
        facts.map((each) => toRow(each, runtime.now())),
        io,
      );
  await print(io.out, text);
  if (facts.length === 0) io.err.write('The store has no archive rule.\n');
  io.err.write(formatSummary(store.summary(), runtime));
  return 0;
};

const COLUMNS = [
  { title: 'RULE', weight: 2 },
  { title: 'REGION', width: 14 },
  { title: 'ANALYZER', weight: 2 },
  { title: 'HIDES', width: 6 },
  { title: 'PUBLIC', width: 6 },
  { title: 'WOULD', width: 6 },
  { title: 'LAST HIT', width: 8 },
  { title: 'DEAD', width: 4 },
  { title: 'ARCHIVES FINDINGS WHERE', weight: 3 },
] as const;

function toRow(
  { rule, hides, hidesPublic, wouldArchive, lastHitAt, dead }: RuleFacts,
  now: number,
): string[] {
  return [
    rule.ruleName,
    rule.region,
    analyzerNameOf(rule.analyzerArn),
    String(hides),
    hidesPublic === 0 ? '-' : `! ${hidesPublic}`,
    String(wouldArchive),
    lastHitAt === undefined ? 'never' : ageText(now - lastHitAt),
    dead.length === 0 ? '-' : String(dead.length),
    formatCriteria(rule.filter),
  ].map(cleanText);
}

const toJson = ({ rule, hides, hidesPublic, wouldArchive, lastHitAt, dead }: RuleFacts): unknown => ({
  ...rule,
  createdAt: toIso(rule.createdAt),
  updatedAt: toIso(rule.updatedAt),
  hides,
  hidesPublic,
  wouldArchive,
  ...(lastHitAt === undefined ? {} : { lastHitAt: toIso(lastHitAt) }),
  deadValues: dead,
});
