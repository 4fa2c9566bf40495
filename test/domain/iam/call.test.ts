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

const said = (cell: IamCell, before: IamState, after: IamState): string | undefined => {
  const call = iamCallFor(cell, before, after);
  return call && toCliWords(call).slice(1).join(' ');
};
const KEY = { kind: 'access-key', userName: 'ann', accessKeyId: 'AKIA1' } as const;
const PASSWORD = { kind: 'login-profile', userName: 'ann' } as const;
const ROLE = { kind: 'role', roleName: 'r' } as const;
const POLICY = { kind: 'managed-policy', policyArn: 'arn:aws:iam::1:policy/p' } as const;
const MEMBER = { kind: 'instance-profile', instanceProfileName: 'i', roleName: 'r' } as const;
const inline = (kind: 'role' | 'user'): IamCell => ({
  kind: 'inline-policy',
  identity: { kind, name: 'x' },
  policyName: 'p',
});
const attached = (kind: 'role' | 'user'): IamCell => ({
  kind: 'attached-policy',
  identity: { kind, name: 'x' },
  policyArn: 'arn:p',
});
const plain = { path: '/', trustPolicy: '{}', maxSessionDuration: 3600, tags: {} };
const whole = { ...plain, description: 'd', permissionsBoundary: 'arn:b', tags: { a: '1', b: '2' } };
const managed = { name: 'p', path: '/', document: '{}', tags: {} };

test('each change of a cell is one call, and so is the way back', () => {
  const cases: readonly (readonly [IamCell, IamState, IamState, string | undefined])[] = [
    [KEY, 'Active', 'Inactive', 'update-access-key --user-name ann --access-key-id AKIA1 --status Inactive'],
    [KEY, 'Inactive', 'Active', 'update-access-key --user-name ann --access-key-id AKIA1 --status Active'],
    [KEY, 'Inactive', null, 'delete-access-key --user-name ann --access-key-id AKIA1'],
    [KEY, null, 'Inactive', undefined],
    [PASSWORD, { passwordResetRequired: true }, null, 'delete-login-profile --user-name ann'],
    [
      PASSWORD,
      null,
      { passwordResetRequired: true },
      'create-login-profile --user-name ann --password-reset-required --password PASSWORD',
    ],
    [
      PASSWORD,
      null,
      { passwordResetRequired: false },
      'create-login-profile --user-name ann --no-password-reset-required --password PASSWORD',
    ],
    [ROLE, plain, null, 'delete-role --role-name r'],
    [
      ROLE,
      null,
      { ...plain, description: '' },
      'create-role --role-name r --path / --assume-role-policy-document {} --max-session-duration 3600',
    ],
    [
      ROLE,
      null,
      whole,
      'create-role --role-name r --path / --assume-role-policy-document {} --max-session-duration 3600 --description d --permissions-boundary arn:b --tags [{"Key":"a","Value":"1"},{"Key":"b","Value":"2"}]',
    ],
    [
      { kind: 'trust-policy', roleName: 'r' },
      '{}',
      '{"Id":1}',
      'update-assume-role-policy --role-name r --policy-document {"Id":1}',
    ],
    [inline('role'), null, '{}', 'put-role-policy --role-name x --policy-name p --policy-document {}'],
    [inline('user'), null, '{}', 'put-user-policy --user-name x --policy-name p --policy-document {}'],
    [inline('role'), '{}', null, 'delete-role-policy --role-name x --policy-name p'],
    [inline('user'), '{}', null, 'delete-user-policy --user-name x --policy-name p'],
    [attached('role'), null, 'attached', 'attach-role-policy --role-name x --policy-arn arn:p'],
    [attached('user'), 'attached', null, 'detach-user-policy --user-name x --policy-arn arn:p'],
    [POLICY, managed, null, 'delete-policy --policy-arn arn:aws:iam::1:policy/p'],
    [POLICY, null, managed, 'create-policy --policy-name p --path / --policy-document {}'],
    [
      POLICY,
      null,
      { ...managed, description: 'd', tags: { a: '1' } },
      'create-policy --policy-name p --path / --policy-document {} --description d --tags [{"Key":"a","Value":"1"}]',
    ],
    [MEMBER, 'member', null, 'remove-role-from-instance-profile --instance-profile-name i --role-name r'],
    [MEMBER, null, 'member', 'add-role-to-instance-profile --instance-profile-name i --role-name r'],
  ];
  for (const [cell, before, after, words] of cases) assert.equal(said(cell, before, after), words);
});
