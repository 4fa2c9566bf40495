import { ANALYZER_TYPES } from '../../domain/analyzer.ts';
import {
  BOOLEAN,
  STRING,
  integer,
  list,
  map,
  oneOf,
  required,
  structure,
  text,
  union,
} from '../service/member.ts';

/** Shapes that several operations share; names, patterns and limits from the API model (2019-11-01). */
export const ANALYZER_ARN = text({ pattern: /[^:]*:[^:]*:[^:]*:[^:]*:[^:]*:analyzer\/.{1,255}/ });
export const ANALYZER_NAME = text({ min: 1, max: 255, pattern: /[A-Za-z_][A-Za-z0-9_.-]*/ });
export const RULE_NAME = text({ min: 1, max: 255, pattern: /[A-Za-z][A-Za-z0-9_.-]*/ });
export const RESOURCE_ARN = text({ pattern: /arn:[^:]*:[^:]*:[^:]*:[^:]*:.*/ });
export const ANALYZER_TYPE = oneOf(ANALYZER_TYPES);
const RESOURCE_TYPES = [
  'AWS::S3::Bucket',
  'AWS::IAM::Role',
  'AWS::SQS::Queue',
  'AWS::Lambda::Function',
  'AWS::Lambda::LayerVersion',
  'AWS::KMS::Key',
  'AWS::SecretsManager::Secret',
  'AWS::EFS::FileSystem',
  'AWS::EC2::Snapshot',
  'AWS::ECR::Repository',
  'AWS::RDS::DBSnapshot',
  'AWS::RDS::DBClusterSnapshot',
  'AWS::SNS::Topic',
  'AWS::S3Express::DirectoryBucket',
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::Stream',
  'AWS::IAM::User',
] as const;
export const RESOURCE_TYPE = oneOf(RESOURCE_TYPES);
export const TAGS = map(STRING);

/** 1–20 values (ValueList). */
const VALUES = list(STRING, { min: 1, max: 20 });
export const CRITERIA = map(structure({ eq: VALUES, neq: VALUES, contains: VALUES, exists: BOOLEAN }));

/** Paging members. The model gives them no range; a page of fewer than one makes no sense. */
export const PAGING = { maxResults: integer({ min: 1 }), nextToken: STRING } as const;

export const INLINE_RULES = list(structure({ ruleName: required(RULE_NAME), filter: required(CRITERIA) }));

export const ANALYZER_CONFIGURATION = union({
  unusedAccess: structure({
    unusedAccessAge: integer({ min: 1, max: 365 }),
    analysisRule: structure({
      exclusions: list(structure({ accountIds: list(STRING), resourceTags: list(TAGS) })),
    }),
  }),
  internalAccess: structure({
    analysisRule: structure({
      inclusions: list(
        structure({
          accountIds: list(STRING),
          resourceTypes: list(RESOURCE_TYPE),
          resourceArns: list(STRING),
        }),
      ),
    }),
  }),
});
