/** The commands as scripts use them: the built program, its own process, the demo world over the wire. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withProgramAndEmulator, type Ended, type Program } from './program.ts';

interface FindingJson {
  readonly id: string;
  readonly status: string;
  readonly region: string;
  readonly isPublic?: boolean;
  readonly findingType: string;
  readonly risk: number;
  readonly exposure: string;
}

const parse = <T>({ stdout }: Ended): T => JSON.parse(stdout) as T;
const findings = async (program: Program, ...filter: string[]): Promise<FindingJson[]> =>
  parse(await program.run('list', ...filter, '--format', 'json'));

interface Report {
  readonly findings: number;
  readonly analyzers: number;
  readonly requests: number;
  readonly regions: readonly { readonly region: string; readonly status: string; readonly error?: string }[];
}

describe('the commands over the demo', () => {
  it('sync, list, show, archive, journal and undo, one after the other', async () => {
    await withProgramAndEmulator({ world: 'demo' }, async (program) => {
      const synced = await program.run('sync', '--json');
      assert.equal(synced.code, 3, synced.stderr);
      const report = parse<Report>(synced);
      assert.equal(report.analyzers, 12);
      const statuses = new Map(report.regions.map(({ region, status }) => [region, status]));
      assert.equal(statuses.get('us-east-1'), 'ok');
      assert.equal(statuses.get('eu-south-1'), 'denied');
      assert.equal(statuses.get('me-south-1'), 'not-enabled');
      assert.equal(statuses.get('us-east-2'), 'no-analyzer');

      const all = await findings(program);
      assert.equal(all.length, report.findings);
      assert.deepEqual(new Set(all.map(({ findingType }) => findingType)).size, 6);
      assert.ok(
        all.every(({ risk }, index) => index === 0 || risk <= (all[index - 1]?.risk ?? 0)),
        'riskiest first',
      );

      const open = await findings(program, 'public:yes', 'status:active');
      assert.ok(
        open.length > 0 && open.every(({ isPublic, status }) => isPublic === true && status === 'ACTIVE'),
      );

      await archiveAndUndo(program);
    });
  });

  it('takes beginnings of ids, and says which it does not know', async () => {
    await withProgramAndEmulator({ world: 'demo' }, async (program) => {
      await program.run('sync', '--region', 'us-east-1');
      const [one, other] = await findings(program, 'status:active', 'type:unused-role');
      assert.ok(one !== undefined && other !== undefined);
      const short = [one.id.slice(0, 8), other.id.slice(0, 13)];
      const plan = await program.run('archive', ...short, '--dry-run');
      assert.match(plan.stdout, /^Archive 2 findings/);
      const wrong = await program.run('archive', ...short, 'deadbee1', '--yes');
      assert.equal(wrong.code, 1);
      assert.match(wrong.stderr, /The store has no finding "deadbee1"/);
      const vague = await program.run('show', one.id.slice(0, 1));
      assert.equal(vague.code, 2);
      assert.match(vague.stderr, /is the beginning of \d+ findings/);
    });
  });

  it('says of how many findings it does not know what a filter asks', async () => {
    await withProgramAndEmulator({ world: 'demo' }, async (program) => {
      await program.run('sync', '--region', 'us-east-1');
      const plain = await program.run('list', 'status:active');
      const never = await program.run('list', 'used:never', '--format', 'json');
      const unknown = Number(/is not known of (\d+) findings/.exec(never.stderr)?.[1]);
      assert.ok(unknown > 1);
      assert.doesNotMatch(plain.stderr, /not known/);
      const [key] = await findings(program, 'type:unused-key');
      await program.run('show', key?.id ?? '');
      const { stderr } = await program.run('list', '(used:never or status:active)');
      assert.match(stderr, new RegExp(`is not known of ${unknown - 1} finding`));
    });
  });

  it('asks only of the Regions that the command line names', async () => {
    await withProgramAndEmulator({ world: 'demo' }, async (program) => {
      await program.run('sync', '--region', 'us-east-1', '--region', 'eu-west-1');
      const regions = async (...args: string[]) =>
        [...new Set((await findings(program, ...args)).map(({ region }) => region))].sort();
      assert.deepEqual(await regions('status:active'), ['eu-west-1', 'us-east-1']);
      assert.deepEqual(await regions('--region', 'eu-west-1'), ['eu-west-1']);
      assert.deepEqual(await regions('status:active', '--region', 'eu-west-1'), ['eu-west-1']);
      assert.deepEqual(await regions('--profile', 'another'), []);
    });
  });

  it('fetches the detail of a finding that the list does not carry', async () => {
    await withProgramAndEmulator({ world: 'demo' }, async (program) => {
      await program.run('sync', '--region', 'us-east-1');
      const [key] = await findings(program, 'type:unused-perms');
      assert.ok(key !== undefined);
      const shown = parse<{ id: string; findingDetails: { kind: string; services: unknown[] } }>(
        await program.run('show', key.id, '--json'),
      );
      assert.equal(shown.id, key.id);
      assert.equal(shown.findingDetails.kind, 'unused-permission');
      assert.ok(shown.findingDetails.services.length > 0);
      const page = await program.run('show', key.id, '--offline');
      assert.equal(page.code, 0, page.stderr);
      assert.match(page.stdout, /unused permissions/);
    });
  });
});

async function archiveAndUndo(program: Program): Promise<void> {
  const filter = ['type:external', 'public:no', 'status:active', 'region:eu-west-1'];
  const before = await findings(program, ...filter);
  assert.ok(before.length > 1);

  const dry = await program.run('archive', ...filter, '--dry-run', '--json');
  const { plan } = parse<{ plan: { operations: { ids: string[]; command: string }[] } }>(dry);
  const planned = plan.operations.flatMap(({ ids }) => ids).sort();
  assert.deepEqual(planned, before.map(({ id }) => id).sort());
  assert.match(plan.operations[0]?.command ?? '', /^aws accessanalyzer update-findings .*--status ARCHIVED/);
  assert.equal((await findings(program, ...filter)).length, before.length, 'a dry run changes nothing');

  const asked = await program.run('archive', ...filter);
  assert.equal(asked.code, 2, 'nobody there to confirm');

  const done = await program.run('archive', ...filter, '--reason', 'partner feed', '--yes', '--json');
  assert.equal(done.code, 0, done.stderr);
  const entry = parse<{ id: number; state: string; reason: string }>(done);
  assert.deepEqual([entry.state, entry.reason], ['done', 'partner feed']);
  assert.equal((await findings(program, ...filter)).length, 0);

  const journal = parse<{ id: number; title: string }[]>(await program.run('journal', '--json'));
  assert.deepEqual(
    journal.map(({ id }) => id),
    [entry.id],
  );

  const undone = await program.run('undo', '--yes');
  assert.equal(undone.code, 0, undone.stderr);
  await program.run('sync');
  assert.deepEqual(
    (await findings(program, ...filter)).map(({ id }) => id).sort(),
    planned,
    'as it was, and AWS says so too',
  );
  const again = await program.run('undo', '--yes');
  assert.equal(again.code, 1);
  assert.match(again.stderr, /nothing to undo/i);
}

describe('read-only mode', () => {
  it('refuses every command that changes AWS, and sends nothing', async () => {
    await withProgramAndEmulator({ world: 'demo' }, async (program, emulator) => {
      await program.run('sync', '--region', 'eu-west-1');
      emulator.log.reset();
      for (const args of [['--read-only'], []]) {
        const env = args.length === 0 ? { IAM_TRIAGE_READ_ONLY: '1' } : {};
        const refused = await program.runWith(env, 'archive', 'status:active', '--yes', ...args);
        assert.equal(refused.code, 2);
        assert.match(refused.stderr, /read-only/i);
      }
      assert.equal(emulator.log.report().operations['UpdateFindings'] ?? 0, 0);
    });
  });
});
