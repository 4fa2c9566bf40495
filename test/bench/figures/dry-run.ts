import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createQueries } from '../../../src/cache/queries.ts';
import type { Criteria } from '../../../src/domain/archive-rule.ts';
import { type Bench, formatCount } from '../bench.ts';
import type { Row } from '../figure.ts';
import { median, p95 } from '../measure.ts';
import { storeOf } from '../stores.ts';

/** What a person types into the fields of a rule; the rest of the rule stands already. */
const TYPED: readonly (readonly [string, (text: string) => Criteria])[] = [
  ['svc/app-00', (text) => ({ isPublic: { eq: ['false'] }, resource: { contains: [text] } })],
  [
    'worker-1',
    (text) => ({ resourceType: { eq: ['AWS::Lambda::Function'] }, resource: { contains: [text] } }),
  ],
  ['444455550', (text) => ({ isPublic: { eq: ['false'] }, 'principal.AWS': { contains: [text] } })],
  ['AWS::S3::Bu', (text) => ({ resourceType: { contains: [text] } })],
  [
    '123456789',
    (text) => ({ resourceOwnerAccount: { contains: [text] }, findingType: { neq: ['ExternalAccess'] } }),
  ],
];

const beginnings = (text: string): readonly string[] => Array.from(text, (_, at) => text.slice(0, at + 1));

/** Each keystroke in the editor of a rule: until the numbers of its dry run are there, from the store's own thread. */
export async function measureDryRun(bench: Bench): Promise<readonly Row[]> {
  const path = join(await storeOf(bench, bench.scale.large), 'store.sqlite');
  const store = createQueries(path);
  const database = new DatabaseSync(path, { readOnly: true });
  const count = database.prepare('SELECT count(*) AS n FROM finding INDEXED BY finding_of_exposure');
  const [trials, counts]: [number[], number[]] = [[], []];
  const beganAt = performance.now();
  await store.dryRun({}, {});
  const firstMs = performance.now() - beganAt;
  for (const [text, toCriteria] of TYPED) {
    for (const typed of beginnings(text)) {
      const askedAt = performance.now();
      await store.dryRun(toCriteria(typed), {});
      const answeredAt = performance.now();
      count.get();
      trials.push(answeredAt - askedAt);
      counts.push(performance.now() - answeredAt);
    }
  }
  await store.close();
  database.close();
  const [value, bare] = [p95(trials), median(counts)];
  return [
    {
      what: 'rule keystroke to its dry run, p95',
      at: formatCount(bench.scale.large),
      value,
      unit: 'ms',
      beside: { name: 'a bare count by index', value: bare, ratio: value / bare },
      bar: { of: 'value', most: 50 },
      note: `median ${median(trials).toFixed(1)} ms; once, when nothing is in memory yet, ${firstMs.toFixed(0)} ms`,
    },
  ];
}
