/** `rules …` over the demo world and the wire. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Criteria } from '../../src/domain/archive-rule.ts';
import { withHouse, type Ended, type House } from './in-process.ts';

const parse = <T>({ out, err }: Ended): T => {
  assert.notEqual(out, '', err);
  return JSON.parse(out) as T;
};

interface Foreseen {
  readonly wouldArchive: number;
  readonly ids: readonly string[];
  readonly public: number;
  readonly caught: number;
  readonly filters: readonly Criteria[];
  readonly deadValues: readonly string[];
  readonly unknownKeys: readonly string[];
}

interface Listed {
  readonly ruleName: string;
  readonly region: string;
  readonly analyzerArn: string;
  readonly filter: Criteria;
  readonly hides: number;
  readonly hidesPublic: number;
}

const REGION = ['--region', 'eu-west-1'];
const LOGS = ['--filter', 'kind:s3 resource:*acme-logs*'];
const ids = async (house: House, ...filter: string[]): Promise<string[]> =>
  parse<{ id: string }[]>(await house.run('list', ...filter, '--format', 'json'))
    .map(({ id }) => id)
    .sort();
const rulesNamed = async (house: House, name: string): Promise<Listed[]> =>
  parse<Listed[]>(await house.run('rules', 'list', '--json')).filter(({ ruleName }) => ruleName === name);

async function ok(house: House, ...argv: string[]): Promise<Ended> {
  const ended = await house.run(...argv);
  assert.equal(ended.code, 0, `${argv.join(' ')}\n${ended.err}${ended.out}`);
  return ended;
}

async function refused(house: House, code: number, words: RegExp, ...argv: string[]): Promise<void> {
  house.emulator.log.reset();
  const ended = await house.run('rules', ...argv);
  assert.equal(ended.code, code, ended.err + ended.out);
  assert.match(ended.err + ended.out, words);
  const sent = Object.keys(house.emulator.log.report().operations);
  assert.deepEqual(
    sent.filter((name) => /ArchiveRule$/.test(name) && !/^(?:List|Get)/.test(name)),
    [],
  );
}

describe('a rule from beginning to end', () => {
  it('is seen before, made, applied, read back, listed, changed, deleted and undone', async () => {
    await withHouse({ world: 'demo' }, async (house) => {
      await ok(house, 'sync', ...REGION);
      const meant = await ids(house, 'status:active', 'kind:s3', 'resource:*acme-logs*');
      assert.equal(meant.length, 3);
      const others = (
        await ids(house, 'status:archived', 'kind:s3', 'resource:*acme-logs*', 'rule:own-organization')
      ).length;
      assert.ok(others > 0, 'another rule hides some that the new one means as well');

      const arn = (await rulesNamed(house, 'own-organization'))[0]?.analyzerArn ?? '';
      const create = ['rules', 'create', 'logs', '--analyzer', arn, ...LOGS];
      const foreseen = parse<Foreseen>(await ok(house, ...create, '--apply', '--dry-run', '--json'));
      assert.equal(foreseen.wouldArchive, 3);
      assert.deepEqual([...foreseen.ids].sort(), meant);
      assert.deepEqual(foreseen.filters[0]?.['isPublic'], { eq: ['false'] }, 'the guard is there by itself');
      assert.deepEqual(await rulesNamed(house, 'logs'), [], 'a dry run makes nothing');
      const typed = ['rules', 'create', 'logs', '--analyzer', arn, '--filter', 'type:external kind:s3'];
      const { filters } = parse<Foreseen>(await ok(house, ...typed, '--dry-run', '--json'));
      assert.deepEqual(Object.keys(filters[0] ?? {}), ['resourceType', 'isPublic']);

      const made = parse<Foreseen & { state: string; id: number }>(
        await ok(house, ...create, '--apply', '--yes', '--json'),
      );
      assert.deepEqual([made.state, made.wouldArchive, [...made.ids].sort()], ['done', 3, meant]);
      assert.deepEqual(await ids(house, 'status:active', 'resource:*acme-logs*'), []);
      assert.deepEqual(
        (await rulesNamed(house, 'logs')).map(({ region, hides, hidesPublic }) => [
          region,
          hides,
          hidesPublic,
        ]),
        [['eu-west-1', 3 + others, 0]],
      );

      const changed = await ok(
        house,
        'rules',
        'update',
        'logs',
        '--filter',
        'kind:s3 resource:*acme-logs-flow*',
        '--yes',
      );
      assert.match(changed.out, /Set archive rule logs: done/);
      assert.deepEqual((await rulesNamed(house, 'logs'))[0]?.filter['resource'], {
        contains: ['acme-logs-flow'],
      });
      await ok(house, 'undo', '--yes');
      assert.deepEqual((await rulesNamed(house, 'logs'))[0]?.filter['resource'], { contains: ['acme-logs'] });

      await ok(house, 'rules', 'delete', 'logs', '--unarchive', '--yes');
      assert.deepEqual(await rulesNamed(house, 'logs'), []);
      assert.deepEqual(
        await ids(house, 'status:active', 'resource:*acme-logs*'),
        meant,
        'what another rule hides stays hidden',
      );
      await ok(house, 'undo', '--yes');
      assert.equal((await rulesNamed(house, 'logs')).length, 1, 'undone: the rule is back');
      assert.deepEqual(await ids(house, 'status:active', 'resource:*acme-logs*'), []);
    });
  });

  it('shows what it would do before it asks, and does nothing without the word', async () => {
    await withHouse({ world: 'demo' }, async (house) => {
      await ok(house, 'sync', ...REGION);
      const create = ['rules', 'create', 'open', '--analyzer', 'external', '--filter', 'kind:s3 public:yes'];
      await refused(house, 2, /nothing but public access/, ...create.slice(1));
      const declined = await house.type(['yes'], ...create, '--allow-public', '--apply');
      assert.equal(declined.code, 1, declined.err);
      assert.match(declined.err, /Would archive \d+ active findings now, \d+ of them public/);
      assert.match(declined.err, /Type public to do it/);
      assert.deepEqual(await rulesNamed(house, 'open'), []);
      const done = await house.type(['public'], ...create, '--allow-public');
      assert.equal(done.code, 0, done.err);
      const audit = await house.run('rules', 'audit');
      assert.equal(audit.code, 3);
      assert.match(audit.out, /!! danger .*\/open: It can hide a public resource/);
    });
  });
});

describe('rules that travel', () => {
  it('an export is imported again, changes nothing the second time, and is not blind to other filters', async () => {
    await withHouse({ world: 'demo' }, async (house) => {
      await ok(house, 'sync', '--region', 'eu-west-1', '--region', 'us-west-2');
      assert.match(
        (await ok(house, 'rules', 'export', '--format', 'terraform')).out,
        /resource "aws_accessanalyzer_archive_rule"/,
      );
      assert.match(
        (await ok(house, 'rules', 'export', '--format', 'cloudformation')).out,
        /AWS::AccessAnalyzer::Analyzer/,
      );
      const file = join(house.home, 'rules.json');
      writeFileSync(file, (await ok(house, 'rules', 'export')).out);
      await ok(house, 'rules', 'delete', 'own-organization', '--yes');
      assert.equal((await rulesNamed(house, 'own-organization')).length, 0);

      const plan = await ok(house, 'rules', 'import', file, '--dry-run');
      assert.match(plan.out, /eu-west-1/);
      assert.match(plan.out, /us-west-2/);
      await ok(house, 'rules', 'import', file, '--yes');
      assert.equal((await rulesNamed(house, 'own-organization')).length, 2);
      assert.match((await ok(house, 'rules', 'import', file, '--yes')).out, /Nothing to do/);

      await ok(
        house,
        'rules',
        'update',
        'own-organization',
        '--analyzer',
        'eu-west-1/external-access',
        '--filter',
        'kind:s3',
        '--yes',
      );
      assert.match(
        (await house.run('rules', 'audit')).out,
        /own-organization: It is not the same in every Region/,
      );
      await refused(house, 1, /has a rule own-organization already[\s\S]*--replace/, 'import', file, '--yes');
      await ok(house, 'rules', 'import', file, '--replace', '--yes');
      assert.equal((await house.run('rules', 'audit')).out, '');
    });
  });

  it('a file with a mistake is refused whole, or in part where that is asked for', async () => {
    await withHouse({ world: 'demo' }, async (house) => {
      await ok(house, 'sync', ...REGION);
      const file = join(house.home, 'rules.json');
      const write = (text: string) => writeFileSync(file, text);
      await refused(house, 1, /could not be read: there is none/, 'import', join(house.home, 'none.json'));
      write('not json');
      await refused(house, 2, /not JSON/, 'import', file);
      write('{"format":"iam-triage/archive-rules","version":99,"analyzers":[]}');
      await refused(house, 2, /version 99/, 'import', file);
      write(
        (await ok(house, 'rules', 'export')).out.replace('"name": "own-organization"', '"name": "9 lives"'),
      );
      await refused(house, 1, /starts with a letter[\s\S]*--partial/, 'import', file, '--yes');
      await ok(house, 'rules', 'delete', 'single-sign-on', '--yes');
      const part = await house.run('rules', 'import', file, '--partial', '--yes');
      assert.equal(part.code, 3, part.err);
      assert.equal((await rulesNamed(house, 'single-sign-on')).length, 1);
      assert.match(readFileSync(file, 'utf8'), /9 lives/);
    });
  });
});

describe('wrong input', () => {
  it('is named, and nothing is sent', async () => {
    await withHouse({ world: 'demo' }, async (house) => {
      await ok(house, 'sync', ...REGION);
      const create = (name: string, ...rest: string[]) => [
        'create',
        name,
        '--analyzer',
        'external',
        '--yes',
        ...rest,
      ];
      const many = Array.from({ length: 21 }, (_, index) => `arn:aws:s3:::b${index}`).join(',');
      const cases: readonly (readonly [number, RegExp, readonly string[]])[] = [
        [1, /starts with a letter/, create('1st', ...LOGS)],
        [1, /rule own-organization already, with another filter/, create('own-organization', ...LOGS)],
        [
          2,
          /"age:>30d" \(.*times\), "action:kms:\*"/,
          create('r', '--filter', 'kind:s3 age:>30d action:kms:*'),
        ],
        [2, /"status:active"/, create('r', '--filter', 'status:active kind:s3')],
        [2, /more than "resource:acme\*"[\s\S]*--wider/, create('r', '--filter', 'resource:acme*')],
        [2, /one of both/, create('r')],
        [2, /not JSON/, create('r', '--criteria', '{')],
        [1, /21 values[\s\S]*2 rules of it with --split/, create('r', '--filter', `resource:${many}`)],
        [1, /no analyzer nowhere/, ['create', 'r', '--analyzer', 'nowhere', ...LOGS]],
        [1, /did you mean/, ['create', 'r', '--analyzer', 'eu-west-1/external-acces', ...LOGS]],
        [2, /--analyzer/, ['create', 'r', ...LOGS]],
        [
          2,
          /cannot share a rule/,
          ['create', 'r', '--analyzer', 'all', ...LOGS, '--region', 'us-east-1', '--region', 'eu-west-1'],
        ],
        [1, /No analyzer has an archive rule gone/, ['update', 'gone', ...LOGS]],
        [1, /archive rule gone/, ['delete', 'gone', '--yes']],
        [1, /archive rule gone/, ['apply', 'gone', '--yes']],
        [2, /has no option "--apply"/, ['list', '--apply']],
        [2, /did you mean "rules create"/, ['creat', 'x']],
        [2, /needs more arguments/, ['create']],
        [2, /did you mean "json"/, ['export', '--format', 'jsn']],
        [2, /[Rr]ead-only/, [...create('r', ...LOGS), '--read-only']],
        [2, /Nobody is there/, ['create', 'r', '--analyzer', 'external', ...LOGS]],
      ];
      await ok(house, 'sync', '--region', 'us-east-1');
      for (const [code, words, argv] of cases) {
        await refused(house, code, words, ...argv, ...(argv.includes('--region') ? [] : REGION));
      }
    });
  });

  it('a Region that refuses half-way is named, the rest is done, and a full analyzer says so', async () => {
    await withHouse({ world: 'demo' }, async (house) => {
      await ok(house, 'sync', '--region', 'eu-west-1', '--region', 'us-west-2');
      house.emulator.faults.add({ kind: 'denied', operation: 'CreateArchiveRule', region: 'us-west-2' });
      const half = await house.run(
        'rules',
        'create',
        'logs',
        '--analyzer',
        'external',
        ...LOGS,
        '--apply',
        '--yes',
      );
      assert.equal(half.code, 3, half.err);
      assert.match(half.out, /us-west-2/);
      assert.deepEqual(
        (await rulesNamed(house, 'logs')).map(({ region }) => region),
        ['eu-west-1'],
      );
      house.emulator.faults.clear();
      house.emulator.faults.add({
        kind: 'denied',
        code: 'ServiceQuotaExceededException',
        operation: 'CreateArchiveRule',
      });
      const full = await house.run(
        'rules',
        'create',
        'more',
        '--analyzer',
        'external',
        ...LOGS,
        ...REGION,
        '--yes',
      );
      assert.equal(full.code, 1, full.out);
      assert.match(full.out, /quota/i);
    });
  });

  it('values that match nothing and keys that AWS does not document are marked, not refused', async () => {
    await withHouse({ world: 'demo' }, async (house) => {
      await ok(house, 'sync', ...REGION);
      const filter = {
        'condition.aws:SourceVpcArn': { exists: true },
        resource: { contains: ['acme-lgos'] },
      };
      const argv = [
        'rules',
        'create',
        'r',
        '--analyzer',
        'external',
        '--criteria',
        JSON.stringify(filter),
        '--dry-run',
      ];
      const seen = parse<Foreseen>(await ok(house, ...argv, '--json', ...REGION));
      assert.deepEqual(seen.deadValues, ['resource contains acme-lgos']);
      assert.deepEqual(seen.unknownKeys, ['condition.aws:SourceVpcArn']);
      assert.equal(seen.wouldArchive, 0);
    });
  });
});

describe('suggestions', () => {
  it('come from what was archived by hand again and again, with the command that makes the rule', async () => {
    await withHouse({ world: 'demo' }, async (house) => {
      await ok(house, 'sync', ...REGION);
      assert.equal((await ok(house, 'rules', 'suggest')).out, '');
      for (const id of await ids(house, 'status:active', 'resource:*acme-logs*'))
        await ok(house, 'archive', id, '--yes');
      const suggested = await ok(house, 'rules', 'suggest');
      assert.match(suggested.out, /These 3 have one thing in common/);
      assert.match(suggested.out, /iam-triage rules create s3-acme-logs/);
      assert.deepEqual(await rulesNamed(house, 's3-acme-logs'), []);
    });
  });
});
