import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { writeNewFile } from '../../src/services/new-file.ts';

describe('writeNewFile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'iam-triage-new-file-'));
  after(() => rmSync(folder, { recursive: true }));

  it('writes all chunks, readable by the owner alone', async () => {
    const path = join(folder, 'whole');
    assert.deepEqual(await writeNewFile(path, ['a', 'é', 'c']), { ok: true, value: undefined });
    assert.equal(readFileSync(path, 'utf8'), 'aéc');
    assert.equal(statSync(path).mode & 0o777, 0o600);
  });

  it('leaves a file that is there as it is', async () => {
    const path = join(folder, 'taken');
    writeFileSync(path, 'mine');
    const written = await writeNewFile(path, ['theirs']);
    assert.equal(!written.ok && written.problem.message, `${path} was not written: it exists already.`);
    assert.equal(readFileSync(path, 'utf8'), 'mine');
  });

  it('removes what it began when the rest cannot be read', async () => {
    const path = join(folder, 'half');
    const broken = function* (): Generator<string> {
      yield 'first half';
      throw new Error('the store is gone');
    };
    const written = await writeNewFile(path, broken());
    assert.equal(!written.ok && written.problem.message, `${path} was not written: the store is gone.`);
    assert.equal(existsSync(path), false);
  });

  it('says so where there is no such folder', async () => {
    const written = await writeNewFile(join(folder, 'no', 'such'), ['text']);
    assert.equal(!written.ok && written.problem.kind, 'file');
    assert.match(written.ok ? '' : written.problem.message, /ENOENT/);
  });
});
