import { type AccessLevel, accessLevel } from './access-level.ts';
import { listed } from './listed.ts';
import { nounOf } from './resource-kind.ts';
import { cleanText } from './text.ts';

/** "can {verb} {object}", the verb by access level. */
interface Deed {
  readonly object: string;
  readonly verbs: Partial<Record<AccessLevel, string>>;
  /** Where all actions are named: what each does with what is in the resource. Others are about the resource itself. */
  readonly acts?: readonly (readonly [RegExp, string])[];
}

const DEEDS: Readonly<Record<string, Deed>> = {
  'AWS::S3::Bucket': {
    object: 'objects in this bucket',
    verbs: { read: 'read', write: 'write or delete', list: 'list' },
    acts: [
      [/:GetObject/i, 'read'],
      [/:List(Bucket(Versions|MultipartUploads)?|MultipartUploadParts)$/i, 'list'],
      [/:(PutObject|ReplicateObject|RestoreObject|AbortMultipartUpload)/i, 'write'],
      [/:(DeleteObject|ReplicateDelete)/i, 'delete'],
    ],
  },
  'AWS::S3Express::DirectoryBucket': {
    object: 'objects in this directory bucket',
    verbs: { read: 'read', write: 'read, write or delete', list: 'list' },
  },
  'AWS::IAM::Role': { object: 'this role', verbs: { write: 'take on' } },
  'AWS::KMS::Key': {
    object: 'this KMS key',
    verbs: { write: 'encrypt or decrypt with', read: 'look at', list: 'look at' },
  },
  'AWS::Lambda::Function': {
    object: 'this Lambda function',
    verbs: { write: 'run or change', read: 'read' },
    acts: [
      [/:Invoke/i, 'run'],
      [/:(Update|Put|Delete|Publish|Create)/i, 'change'],
      [/:GetFunction$/i, 'read'],
    ],
  },
  'AWS::Lambda::LayerVersion': { object: 'this Lambda layer', verbs: { read: 'download and use' } },
  'AWS::SQS::Queue': {
    object: 'messages in this queue',
    verbs: { read: 'receive', write: 'send or delete', list: 'list' },
    acts: [
      [/:ReceiveMessage/i, 'receive'],
      [/:SendMessage/i, 'send'],
      [/:(DeleteMessage|PurgeQueue)/i, 'delete'],
    ],
  },
  'AWS::SNS::Topic': { object: 'this topic', verbs: { write: 'publish or subscribe to', read: 'look at' } },
  'AWS::ECR::Repository': {
    object: 'images in this container repository',
    verbs: { read: 'pull', write: 'push or delete', list: 'list' },
  },
  'AWS::EFS::FileSystem': {
    object: 'files in this file system',
    verbs: { read: 'read', write: 'write or delete', list: 'list' },
  },
  'AWS::EC2::Snapshot': { object: 'this EBS snapshot', verbs: { read: 'read', write: 'copy and restore' } },
  'AWS::RDS::DBSnapshot': { object: 'this database snapshot', verbs: { write: 'copy and restore' } },
  'AWS::RDS::DBClusterSnapshot': {
    object: 'this database cluster snapshot',
    verbs: { write: 'copy and restore' },
  },
  'AWS::DynamoDB::Table': {
    object: 'items in this table',
    verbs: { read: 'read', write: 'write or delete', list: 'list' },
  },
  'AWS::DynamoDB::Stream': { object: 'the changes in this table stream', verbs: { read: 'read' } },
};

const PLAIN_VERBS: Readonly<Record<'write' | 'read' | 'list', string>> = {
  read: 'read',
  list: 'list',
  write: 'change',
};

const isOfData = (level: AccessLevel): level is 'read' | 'list' | 'write' =>
  level === 'read' || level === 'list' || level === 'write';

/** What is done with what is in the resource, and what with the resource itself: `look at` or `change` its settings. */
function verbsOf(
  deed: Deed,
  actions: readonly string[],
): { readonly verbs: string[]; readonly settings: string[] } {
  const { acts } = deed;
  const named = actions.filter((action) => isOfData(accessLevel(action)));
  if (acts === undefined || named.some((action) => action.includes('*'))) {
    const levels = new Set(named.map(accessLevel));
    const verbs = (['read', 'list', 'write'] as const)
      .filter((level) => levels.has(level))
      .map((level) => deed.verbs[level] ?? PLAIN_VERBS[level]);
    return { verbs, settings: [] };
  }
  const others = named.filter((action) => !acts.some(([pattern]) => pattern.test(action)));
  const levels = new Set(others.map((action) => (accessLevel(action) === 'write' ? 'change' : 'look at')));
  return {
    verbs: acts.filter(([pattern]) => named.some((action) => pattern.test(action))).map(([, verb]) => verb),
    settings: ['look at', 'change'].filter((verb) => levels.has(verb as 'change' | 'look at')),
  };
}

/** "read and list objects in this bucket, and change who has access to it" */
export function deedText(resourceType: string, actions: readonly string[]): string {
  const levels = new Set(actions.map(accessLevel));
  const noun = `this ${cleanText(nounOf(resourceType))}`;
  const deed = DEEDS[resourceType] ?? { object: noun, verbs: {} };
  const { verbs, settings } = verbsOf(deed, actions);
  const does = verbs.length === 0 ? [] : [`${listed([...new Set(verbs)])} ${deed.object}`];
  if (settings.length > 0) does.push(`${listed(settings)} the settings of ${noun}`);
  const it = does.length === 0 ? noun : 'it';
  if (levels.has('permissions')) does.push(`change who has access to ${it}`);
  if (levels.has('tagging') && does.length === 0) does.push(`change the tags of ${noun}`);
  return does.join(', and ');
}
