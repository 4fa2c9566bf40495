import { analyzerKind } from '../../domain/analyzer.ts';
import { toIso } from '../../domain/finding-json.ts';
import { cleanText } from '../../domain/text.ts';
import { toJsonText } from '../../domain/json-text.ts';
import type { KnownAnalyzer } from '../../services/analyzers-service.ts';
import type { Store } from '../../services/runtime.ts';
import { formatSummary } from '../list.ts';
import { print } from '../print.ts';
import { fitColumns, formatTable } from '../table.tsx';
import type { AnalyzersCommand } from './analyzers-command.ts';

/** `analyzers list`: every analyzer of the store with what it found, and how many archive rules it has. */
export const list: AnalyzersCommand = async ({ io, options, store, runtime }) => {
  const { profiles, regions } = runtime;
  const asked = store
    .summary()
    .analyzers.filter(
      ({ profile, region }) =>
        (profiles.length === 0 || profiles.includes(profile)) &&
        (regions.length === 0 || regions.includes(region)),
    );
  const known = asked.map((analyzer) => ({ ...analyzer, archiveRules: rulesOf(analyzer, store) }));
  const text = options.flag('json')
    ? `${toJsonText(known.map(toJson))}\n`
    : formatTable(fitColumns(Math.max(io.columns, 100), COLUMNS), known.map(toRow), io);
  await print(io.out, text);
  if (known.length === 0) io.err.write('The store has no analyzer.\n');
  io.err.write(formatSummary(store.summary(), runtime));
  return 0;
};

type Listed = KnownAnalyzer & { readonly archiveRules: number };

const rulesOf = ({ profile, arn }: KnownAnalyzer, store: Store): number =>
  store.archiveRules().filter((rule) => rule.profile === profile && rule.analyzerArn === arn).length;

const COLUMNS = [
  { title: 'ANALYZER', weight: 2 },
  { title: 'REGION', width: 14 },
  { title: 'KIND', width: 8 },
  { title: 'STATUS', width: 8 },
  { title: 'ACTIVE', width: 7 },
  { title: 'PUBLIC', width: 6 },
  { title: 'ARCHIVED', width: 8 },
  { title: 'RULES', width: 5 },
  { title: 'PROFILE', weight: 1 },
  { title: 'MANAGED BY', weight: 1 },
] as const;

const toRow = (analyzer: Listed): readonly string[] => {
  const { active, archived, public: open } = analyzer.counts;
  const numbers = [active, open, archived, analyzer.archiveRules].map(String);
  const { name, region, type, status, profile, managedBy = '' } = analyzer;
  return [name, region, analyzerKind(type), status, ...numbers, profile, managedBy].map(cleanText);
};

const toJson = ({ createdAt, lastResourceAnalyzedAt, ...rest }: Listed): unknown => ({
  ...rest,
  createdAt: toIso(createdAt),
  ...(lastResourceAnalyzedAt === undefined ? {} : { lastResourceAnalyzedAt: toIso(lastResourceAnalyzedAt) }),
});
