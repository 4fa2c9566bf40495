/**
 * A finding of IAM Access Analyzer as this program keeps it. Names follow the API model (2019-11-01);
 * times are epoch milliseconds; strings are as the service sent them (clean them with text.ts before they are shown).
 */
export const FINDING_TYPES = [
  'ExternalAccess',
  'InternalAccess',
  'UnusedIAMRole',
  'UnusedIAMUserAccessKey',
  'UnusedIAMUserPassword',
  'UnusedPermission',
] as const;
export type FindingType = (typeof FINDING_TYPES)[number];

export const FINDING_STATUSES = ['ACTIVE', 'ARCHIVED', 'RESOLVED'] as const;
export type FindingStatus = (typeof FINDING_STATUSES)[number];

/** The access is granted by this: `type` is POLICY, BUCKET_ACL, S3_ACCESS_POINT or S3_ACCESS_POINT_ACCOUNT. */
export interface FindingSource {
  readonly type: string;
  readonly accessPointArn?: string;
  readonly accessPointAccount?: string;
}

/** Where a finding was seen. Finding ids are unique within an analyzer. */
export interface FindingScope {
  readonly profile: string;
  readonly region: string;
  readonly analyzerArn: string;
}

export interface FindingRef extends FindingScope {
  readonly id: string;
}

export interface Finding extends FindingRef {
  readonly findingType: FindingType;
  readonly status: FindingStatus;
  /** ARN of the resource. */
  readonly resource: string;
  readonly resourceType: string;
  readonly resourceOwnerAccount: string;
  readonly createdAt: number;
  readonly analyzedAt: number;
  readonly updatedAt: number;
  /** ACCESS_DENIED or INTERNAL_ERROR: the analysis of the resource failed. */
  readonly error?: string;
  /** APPLICABLE, FAILED_TO_EVALUATE_RCP, NOT_APPLICABLE or APPLIED. */
  readonly resourceControlPolicyRestriction?: string;
  /**
   * External findings carry these from the list. Internal ones only once their detail was fetched: ListFindingsV2
   * rows have none of them (ACCESS-ANALYZER notes; API reference of ListFindingsV2).
   */
  readonly isPublic?: boolean;
  readonly principal?: Readonly<Record<string, string>>;
  readonly action?: readonly string[];
  readonly condition?: Readonly<Record<string, string>>;
  readonly sources?: readonly FindingSource[];
  /** Known once the detail of an UnusedIAMUserAccessKey was fetched. */
  readonly accessKeyId?: string;
}

export interface ExternalAccessDetail {
  readonly kind: 'external';
  readonly isPublic?: boolean;
  readonly principal?: Readonly<Record<string, string>>;
  readonly action?: readonly string[];
  readonly condition?: Readonly<Record<string, string>>;
  readonly sources?: readonly FindingSource[];
  readonly resourceControlPolicyRestriction?: string;
}

export interface InternalAccessDetail {
  readonly kind: 'internal';
  /** INTRA_ACCOUNT or INTRA_ORG. */
  readonly accessType?: string;
  readonly principal?: Readonly<Record<string, string>>;
  readonly principalOwnerAccount?: string;
  /** IAM_ROLE or IAM_USER. */
  readonly principalType?: string;
  readonly action?: readonly string[];
  readonly condition?: Readonly<Record<string, string>>;
  readonly sources?: readonly FindingSource[];
  readonly resourceControlPolicyRestriction?: string;
  readonly serviceControlPolicyRestriction?: string;
}

export interface UnusedRoleDetail {
  readonly kind: 'unused-role';
  /** Absent: never used within the tracking period. */
  readonly lastAccessed?: number;
}

export interface UnusedKeyDetail {
  readonly kind: 'unused-key';
  readonly accessKeyId: string;
  readonly lastAccessed?: number;
}

export interface UnusedPasswordDetail {
  readonly kind: 'unused-password';
  readonly lastAccessed?: number;
}

export interface UnusedAction {
  readonly action: string;
  readonly lastAccessed?: number;
}

export interface UnusedService {
  readonly serviceNamespace: string;
  readonly lastAccessed?: number;
  /** Absent: the whole service is unused. */
  readonly actions?: readonly UnusedAction[];
}

export interface UnusedPermissionDetail {
  readonly kind: 'unused-permission';
  /** One a service; all of them belong to the one finding. */
  readonly services: readonly UnusedService[];
}

export type FindingDetail =
  | ExternalAccessDetail
  | InternalAccessDetail
  | UnusedRoleDetail
  | UnusedKeyDetail
  | UnusedPasswordDetail
  | UnusedPermissionDetail;

/** The short labels of the list's FINDING column; the filter's `type:` takes them as well as AWS's names. */
export const TYPE_LABELS: Readonly<Record<FindingType, string>> = {
  ExternalAccess: 'external',
  InternalAccess: 'internal',
  UnusedIAMRole: 'unused-role',
  UnusedIAMUserAccessKey: 'unused-key',
  UnusedIAMUserPassword: 'unused-password',
  UnusedPermission: 'unused-perms',
};

export const isUnused = (type: FindingType): boolean => type.startsWith('Unused');
