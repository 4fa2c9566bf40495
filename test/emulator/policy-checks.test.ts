import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CheckAccessNotGrantedCommand,
  CheckNoNewAccessCommand,
  CheckNoPublicAccessCommand,
  type PolicyType,
  ValidatePolicyCommand,
} from '@aws-sdk/client-accessanalyzer';
import { formatPolicy } from '../../src/emulator/world/statement.ts';
import { accessAnalyzer, rejectsWith, withEmulator } from './harness.ts';

const READ = formatPolicy({ sid: 'Read', action: 's3:GetObject', resource: '*' });
const WRITE = formatPolicy(
  { sid: 'Read', action: 's3:GetObject', resource: '*' },
  { sid: 'Write', action: 's3:PutObject', resource: '*' },
);

test('The three checks answer over the wire', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const policyType = 'IDENTITY_POLICY';
    const wider = await client.send(
      new CheckNoNewAccessCommand({ newPolicyDocument: WRITE, existingPolicyDocument: READ, policyType }),
    );
    assert.equal(wider.result, 'FAIL');
    assert.ok(wider.message);
    assert.deepEqual(wider.reasons, [
      { description: 'New access in the statement with index 1.', statementIndex: 1, statementId: 'Write' },
    ]);
    const narrower = await client.send(
      new CheckNoNewAccessCommand({ newPolicyDocument: READ, existingPolicyDocument: WRITE, policyType }),
    );
    assert.deepEqual([narrower.result, narrower.reasons], ['PASS', []]);
    const granted = await client.send(
      new CheckAccessNotGrantedCommand({
        policyDocument: WRITE,
        policyType,
        access: [{ actions: ['s3:PutObject'] }],
      }),
    );
    assert.equal(granted.result, 'FAIL');
    const open = await client.send(
      new CheckNoPublicAccessCommand({
        policyDocument: formatPolicy({ principal: '*', action: 'sqs:SendMessage', resource: '*' }),
        resourceType: 'AWS::SQS::Queue',
      }),
    );
    assert.equal(open.result, 'FAIL');
    await assert.rejects(
      client.send(
        new CheckNoNewAccessCommand({ newPolicyDocument: '{}', existingPolicyDocument: READ, policyType }),
      ),
      rejectsWith('InvalidParameterException', 400, /newPolicyDocument/),
    );
  }));

/** Policy, its type, and the issues that it has. */
const POLICIES: readonly (readonly [unknown, PolicyType, readonly string[]])[] = [
  [JSON.parse(READ), 'IDENTITY_POLICY', []],
  [{ Statement: [] }, 'IDENTITY_POLICY', ['WARNING MISSING_VERSION']],
  [{ Version: '2012-10-17' }, 'IDENTITY_POLICY', ['ERROR MISSING_STATEMENT']],
  [{ Version: '2000-01-01', Statement: [] }, 'IDENTITY_POLICY', ['ERROR INVALID_VERSION']],
  [
    { Version: '2012-10-17', Statement: [{ Effect: 'Permit', Actions: 's3:*' }] },
    'IDENTITY_POLICY',
    [
      'ERROR INVALID_POLICY_ELEMENT',
      'ERROR INVALID_EFFECT',
      'ERROR MISSING_ACTION',
      'ERROR MISSING_RESOURCE',
    ],
  ],
  [
    {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: '*', Action: 'GetObject', Resource: '*' },
    },
    'IDENTITY_POLICY',
    ['ERROR MISSING_SERVICE_PREFIX', 'ERROR UNSUPPORTED_PRINCIPAL'],
  ],
  [
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole' }] },
    'RESOURCE_POLICY',
    ['ERROR MISSING_PRINCIPAL'],
  ],
  [
    {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', NotPrincipal: { AWS: '1' }, Action: 's3:*', Resource: '*' }],
    },
    'RESOURCE_POLICY',
    ['SECURITY_WARNING ALLOW_WITH_NOT_PRINCIPAL'],
  ],
  [
    {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['iam:PassRole', 'iam:*'], Resource: '*' }],
    },
    'IDENTITY_POLICY',
    ['SUGGESTION REDUNDANT_ACTION', 'SECURITY_WARNING PASS_ROLE_WITH_STAR_IN_RESOURCE'],
  ],
  [
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: [], Resource: '*' }] },
    'IDENTITY_POLICY',
    ['SUGGESTION EMPTY_ARRAY_ACTION'],
  ],
  [[], 'IDENTITY_POLICY', ['ERROR DATA_TYPE_MISMATCH']],
];

test('ValidatePolicy names what is wrong', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    for (const [document, policyType, expected] of POLICIES) {
      const policyDocument = JSON.stringify(document);
      const { findings = [] } = await client.send(new ValidatePolicyCommand({ policyDocument, policyType }));
      assert.deepEqual(
        findings.map(({ findingType, issueCode }) => `${findingType} ${issueCode}`),
        expected,
        policyDocument,
      );
      for (const finding of findings) assert.ok(finding.findingDetails && finding.learnMoreLink);
    }
  }));

test('ValidatePolicy points into the text', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const issueOf = async (policyDocument: string) => {
      const { findings } = await client.send(
        new ValidatePolicyCommand({ policyDocument, policyType: 'IDENTITY_POLICY' }),
      );
      return findings?.[0];
    };
    const text =
      '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {"Effect": "Permit", "Action": "s3:*", "Resource": "*"}]}';
    const issue = await issueOf(text);
    const [location] = issue?.locations ?? [];
    assert.deepEqual(location?.path, [{ value: 'Statement' }, { index: 0 }, { value: 'Effect' }]);
    const { start, end } = location?.span ?? {};
    assert.equal(text.slice(start?.offset, end?.offset), '"Permit"');
    assert.deepEqual([start?.line, start?.column], [4, 15]);
    const broken = await issueOf('{\n"Version": "2012-10-17",,}');
    assert.equal(broken?.issueCode, 'JSON_SYNTAX_ERROR');
    assert.deepEqual(broken?.locations?.[0]?.span?.start, { line: 2, column: 24, offset: 26 });
  }));
