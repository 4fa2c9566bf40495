import assert from 'node:assert/strict';
import { test } from 'node:test';
import { awsCommand } from '../../../src/domain/command-line.ts';
import { iamCallFor, toCliWords } from '../../../src/domain/iam/call.ts';
import type { IamCell, IamState } from '../../../src/domain/iam/cell.ts';

function commandOf(cell: IamCell, after: IamState): string {
  const call = iamCallFor(cell, null, after);
  assert.ok(call !== undefined);
  return awsCommand(toCliWords(call), { region: 'us-east-1' });
}

test('a policy goes on one line that every shell reads, and says the same', () => {
  const document = '{\n  "Version": "2012-10-17",\n  "Statement": [{"Sid": "é", "Resource": "o\'x"}]\n}';
  const line = commandOf({ kind: 'trust-policy', roleName: 'app' }, document);
  assert.doesNotMatch(line, /\$'|\n/);
  const quoted = /--policy-document '(.*)' --region/.exec(line)?.[1] ?? '';
  assert.deepEqual(JSON.parse(quoted.replaceAll(`'\\''`, "'")), JSON.parse(document));
  assert.match(
    commandOf({ kind: 'trust-policy', roleName: 'app' }, '{broken'),
    /--policy-document '\{broken'/,
  );
});

test('a name that begins with a dash is no option', () => {
  const identity = { kind: 'role', name: 'app' } as const;
  const line = commandOf({ kind: 'inline-policy', identity, policyName: '-old' }, null);
  assert.equal(line, 'aws iam delete-role-policy --role-name app --policy-name=-old --region us-east-1');
});

test('a description that is an address is sent as it is, not as the file or page that is there', () => {
  const line = commandOf(
    { kind: 'role', roleName: 'app' },
    { path: '/', trustPolicy: '{}', maxSessionDuration: 3600, description: 'file:///etc/passwd', tags: {} },
  );
  assert.match(line, /--cli-input-json '\{"Description":"file:\/\/\/etc\/passwd"\}'/);
  assert.doesNotMatch(line, /--description/);
});
