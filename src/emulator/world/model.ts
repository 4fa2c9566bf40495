/**
 * The world behind the emulator: an organization's accounts as plain, mutable data. Findings are derived from it
 * (`derive.ts`), never stored in it: fix the world and the finding goes. Policies are kept as the text that was put,
 * as IAM does; times are epoch milliseconds of the world's clock.
 */
export interface World {
  readonly seed: number;
  /** The organization, `o-` and ten characters. */
  readonly organizationId: string;
  readonly managementAccount: string;
  readonly partition: string;
  readonly accounts: Map<string, Account>;
  /** AWS managed policies (`arn:…:iam::aws:policy/…`) by ARN; those of customers are in their account. */
  readonly awsPolicies: Map<string, ManagedPolicy>;
  /** Resource control policies of the organization. */
  readonly resourceControlPolicies: OrganizationPolicy[];
  /** Service control policies of the organization. */
  readonly serviceControlPolicies: OrganizationPolicy[];
  readonly clock: { now: number };
  /** Counter behind new unique ids (AROA…, AKIA…), so that they too follow from the seed. */
  nextId: number;
}

/** An RCP or SCP; who it is attached to is all that findings need of it. */
export interface OrganizationPolicy {
  readonly name: string;
  document: string;
  /** Account ids under its targets. */
  accounts: string[];
}

export type Tags = Record<string, string>;

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly roles: Map<string, Role>;
  readonly users: Map<string, User>;
  /** Customer managed policies by ARN. */
  readonly policies: Map<string, ManagedPolicy>;
  /** Instance profiles by name. */
  readonly instanceProfiles: Map<string, InstanceProfile>;
  /** Everything with a resource-based policy but IAM roles, by ARN. */
  readonly resources: Map<string, Resource>;
  /** S3 Block Public Access of the whole account. */
  publicAccessBlock: PublicAccessBlock;
  /** Opt-in Regions that are on. */
  readonly optInRegions: string[];
  /** Regions that a service control policy denies. */
  readonly deniedRegions: string[];
  /** Access key id → IAM user name or `role/NAME`: who a signature's key is. Long-lived keys of `users` need no entry. */
  readonly sessions: Map<string, string>;
}

export interface PublicAccessBlock {
  blockPublicAcls: boolean;
  ignorePublicAcls: boolean;
  blockPublicPolicy: boolean;
  restrictPublicBuckets: boolean;
}

/** What roles and users share. Maps and lists are in the order in which things were put. */
export interface IdentityBase {
  readonly name: string;
  /** `/`, or `/a/b/`. */
  readonly path: string;
  readonly arn: string;
  /** AROA… or AIDA…. */
  readonly uniqueId: string;
  readonly account: string;
  readonly createdAt: number;
  tags: Tags;
  /** ARNs of managed policies. */
  attachedPolicies: string[];
  /** Policy name → document. */
  inlinePolicies: Map<string, string>;
  /** ARN of a managed policy. */
  permissionsBoundary?: string;
  /** By service namespace, e.g. `s3`: IAM's last-accessed information. */
  usage: Map<string, ServiceUsage>;
  /** The service fails whenever it makes a recommendation for this one. */
  recommendationFails?: boolean;
}

export interface ServiceUsage {
  /** Absent: never used within the tracking period. */
  lastUsed?: number;
  /** Full action name, e.g. `s3:GetObject` → last use. Only services that track actions have entries. */
  actions: Map<string, number>;
}

export interface Role extends IdentityBase {
  readonly kind: 'role';
  trustPolicy: string;
  trustUpdatedAt: number;
  description?: string;
  /** Seconds, 3600–43200. */
  maxSessionDuration: number;
  lastUsed?: { at: number; region: string };
}

export interface User extends IdentityBase {
  readonly kind: 'user';
  accessKeys: AccessKey[];
  loginProfile?: LoginProfile;
}

export type Identity = Role | User;

export interface AccessKey {
  readonly id: string;
  status: 'Active' | 'Inactive';
  readonly createdAt: number;
  lastUsed?: { at: number; region: string; service: string };
}

export interface LoginProfile {
  readonly createdAt: number;
  passwordResetRequired: boolean;
  lastUsed?: number;
}

export interface ManagedPolicy {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  /** ANPA…. */
  readonly policyId: string;
  description?: string;
  readonly createdAt: number;
  updatedAt: number;
  /** In the order of creation; `v1` first. */
  versions: PolicyVersion[];
  /** `v1`, `v2`, … */
  defaultVersion: string;
  /** Number of the last version that was made; numbers are not used again. */
  lastVersion: number;
  tags: Tags;
}

export interface PolicyVersion {
  readonly id: string;
  readonly document: string;
  readonly createdAt: number;
}

export interface InstanceProfile {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly uniqueId: string;
  readonly createdAt: number;
  /** At most one. */
  roleName?: string;
}

interface ResourceBase {
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly createdAt: number;
  /** When what grants access changed last. */
  updatedAt: number;
  tags: Tags;
  /** Resource-based policy as it was put. */
  policy?: string;
  /** The service fails whenever it analyzes this one: an INTERNAL_ERROR finding. */
  analysisFails?: boolean;
}

export interface Bucket extends ResourceBase {
  readonly type: 'AWS::S3::Bucket';
  acl: AclGrant[];
  accessPoints: AccessPoint[];
  publicAccessBlock: PublicAccessBlock;
}

export interface AclGrant {
  /** `all-users` and `authenticated-users` are S3's public groups; otherwise a canonical user id. */
  readonly grantee: string;
  readonly permission: 'READ' | 'WRITE' | 'READ_ACP' | 'WRITE_ACP' | 'FULL_CONTROL';
}

export interface AccessPoint {
  readonly name: string;
  readonly arn: string;
  /** Account that owns the access point; may differ from the bucket's. */
  readonly account: string;
  /** Only reachable from this VPC. */
  readonly vpc?: string;
  policy?: string;
}

export interface Key extends ResourceBase {
  readonly type: 'AWS::KMS::Key';
  grants: KeyGrant[];
}

export interface KeyGrant {
  readonly id: string;
  /** ARN of the grantee. */
  readonly grantee: string;
  /** Operation names, e.g. `Decrypt`. */
  readonly operations: string[];
}

/** Shared by a list of accounts instead of a policy; `all` makes it public. */
export interface Snapshot extends ResourceBase {
  readonly type: 'AWS::EC2::Snapshot' | 'AWS::RDS::DBSnapshot' | 'AWS::RDS::DBClusterSnapshot';
  sharedWith: string[];
}

/** Access is granted by the resource-based policy alone. */
export interface PolicyResource extends ResourceBase {
  readonly type:
    | 'AWS::SQS::Queue'
    | 'AWS::SNS::Topic'
    | 'AWS::Lambda::Function'
    | 'AWS::Lambda::LayerVersion'
    | 'AWS::SecretsManager::Secret'
    | 'AWS::ECR::Repository'
    | 'AWS::EFS::FileSystem'
    | 'AWS::DynamoDB::Table'
    | 'AWS::DynamoDB::Stream'
    | 'AWS::S3Express::DirectoryBucket';
}

export type Resource = Bucket | Key | Snapshot | PolicyResource;
export type ResourceType = Resource['type'] | 'AWS::IAM::Role' | 'AWS::IAM::User';
