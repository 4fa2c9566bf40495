import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openStore, type Store } from '../../src/cache/open-store.ts';
import { planArchive } from '../../src/triage/plan-archive.ts';
import { type House, withHouse } from './in-process.ts';

/** A house in which a program was killed between sending a request and reading back what became of it. */
const withInterrupted = (use: (house: House, id: string) => Promise<void>): Promise<void> =>
  withHouse({}, async (house) => {
    await house.run('sync');
    const listed = await house.run('list', 'status:active type:external', '--format', 'json');
    const [{ id }] = JSON.parse(listed.out) as [{ readonly id: string }];
    withStore(house, (store) => {
      const findings = store.findById(id);
      store.openEntry(planArchive({ findings, to: 'ARCHIVED' }), 1, '1@nowhere');
      store.setOperation(1, 0, { state: 'sent', at: 2 });
    });
    await use(house, id);
  });

function withStore<T>({ home }: House, use: (store: Store) => T): T {
  const opened = openStore(join(home, 'state', 'store.sqlite'));
  assert.ok(opened.ok);
  try {
    return use(opened.value);
  } finally {
    opened.value.close();
  }
}

test('undo reads back first what a killed program left in flight', async () => {
  await withInterrupted(async (house, id) => {
    assert.equal((await house.run('archive', id, '--yes')).code, 0);
    const undone = await house.run('undo', '1', '--yes');
    assert.equal(undone.code, 0, undone.err);
    assert.match(
      undone.err,
      /^Entry 1 \(Archive 1 finding\) was cut short\. As read back from AWS it is done\.$/m,
    );
    const statuses = withStore(house, (store) => store.findById(id).map(({ status }) => status));
    assert.deepEqual(statuses, ['ACTIVE']);
  });
});

test('what could not be read back is said, with a number or without', async () => {
  await withInterrupted(async (house) => {
    house.emulator.faults.add({ kind: 'expired' });
    for (const entry of [[], ['1']]) {
      const ended = await house.run('undo', ...entry, '--yes');
      assert.notEqual(ended.code, 0);
      assert.match(
        ended.err,
        /Entry 1 \(Archive 1 finding\) was cut short, and not all of it could be read back/,
      );
    }
  });
});
