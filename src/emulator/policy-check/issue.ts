export type IssueType = 'ERROR' | 'SECURITY_WARNING' | 'SUGGESTION' | 'WARNING';
export type PolicyType =
  'IDENTITY_POLICY' | 'RESOURCE_POLICY' | 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';

/** PathElement of the API: a member's name, or a place in a list. */
export type PathElement = { readonly value: string } | { readonly index: number };

/** A part of the policy's text and how one gets there. */
export interface Place {
  readonly node: { readonly start: number; readonly end: number };
  readonly path: readonly PathElement[];
}

export interface Issue extends Place {
  readonly type: IssueType;
  /** e.g. MISSING_ACTION. */
  readonly code: string;
  /** One sentence that says what to do. */
  readonly details: string;
}

export interface Issues {
  add(type: IssueType, code: string, details: string, place: Place): void;
  list(): readonly Issue[];
}

export function createIssues(): Issues {
  const issues: Issue[] = [];
  return {
    add: (type, code, details, { node, path }) => {
      issues.push({ type, code, details, node, path });
    },
    list: () => issues,
  };
}
