import type { QueryForm } from '../query/query-request.ts';
import { ServiceError } from '../wire/service-error.ts';

/** Patterns and lengths of IAM's parameters (API model 2010-05-08). */
interface Rule {
  readonly pattern: RegExp;
  readonly max: number;
}

const NAME = /^[\w+=,.@-]+$/;
const PATH = /^(\/|\/[!-~]+\/)$/;
const ARN = /^arn:[\w-]+:iam::(\d{12}|aws):[\w/+=,.@-]+$/;
const TEXT = /^[\u0009\u000A\u000D\u0020-\u{10FFFF}]+$/u;

const RULES = {
  AccessKeyId: { pattern: /^\w{16,}$/, max: 128 },
  AssumeRolePolicyDocument: { pattern: TEXT, max: 131_072 },
  Description: { pattern: TEXT, max: 1000 },
  EntityFilter: { pattern: /^(User|Role|Group|LocalManagedPolicy|AWSManagedPolicy)$/, max: 20 },
  InstanceProfileName: { pattern: NAME, max: 128 },
  Marker: { pattern: TEXT, max: 2048 },
  MaxItems: { pattern: /^([1-9]\d{0,2}|1000)$/, max: 4 },
  MaxSessionDuration: { pattern: /^\d{4,5}$/, max: 5 },
  OnlyAttached: { pattern: /^(true|false)$/, max: 5 },
  Password: { pattern: TEXT, max: 128 },
  PasswordResetRequired: { pattern: /^(true|false)$/, max: 5 },
  Path: { pattern: PATH, max: 512 },
  PathPrefix: { pattern: /^\/[!-~]*$/, max: 512 },
  PermissionsBoundary: { pattern: ARN, max: 2048 },
  PolicyArn: { pattern: ARN, max: 2048 },
  PolicyDocument: { pattern: TEXT, max: 131_072 },
  PolicyName: { pattern: NAME, max: 128 },
  RoleName: { pattern: NAME, max: 64 },
  Scope: { pattern: /^(All|AWS|Local)$/, max: 5 },
  SetAsDefault: { pattern: /^(true|false)$/, max: 5 },
  Status: { pattern: /^(Active|Inactive)$/, max: 8 },
  UserName: { pattern: NAME, max: 64 },
  VersionId: { pattern: /^v[1-9]\d*$/, max: 32 },
} as const satisfies Readonly<Record<string, Rule>>;

export type ParameterName = keyof typeof RULES;

/** The parameters of a request, checked as they are read. Throws ServiceError `ValidationError`. */
export class Parameters {
  readonly #form: QueryForm;

  constructor(form: QueryForm) {
    this.#form = form;
  }

  optional(name: ParameterName): string | undefined {
    const value = this.#form.get(name);
    if (value === null) return undefined;
    const { pattern, max } = RULES[name];
    if (value.length > max) throw invalid(name, `Member must have length less than or equal to ${max}`);
    if (!pattern.test(value))
      throw invalid(name, `Member must satisfy regular expression pattern: ${pattern.source}`);
    return value;
  }

  required(name: ParameterName): string {
    const value = this.optional(name);
    if (value === undefined) throw invalid(name, 'Member must not be null');
    return value;
  }

  flag(name: ParameterName): boolean {
    return this.optional(name) === 'true';
  }

  /** `TagKeys.member.1`, `TagKeys.member.2`, … */
  list(name: string): readonly string[] {
    const values: string[] = [];
    for (let i = 1; ; i++) {
      const value = this.#form.get(`${name}.member.${i}`);
      if (value === null) return values;
      values.push(value);
    }
  }

  /** `Tags.member.1.Key`, `Tags.member.1.Value`, … */
  tags(): Readonly<Record<string, string>> {
    const tags: Record<string, string> = {};
    for (let i = 1; ; i++) {
      const key = this.#form.get(`Tags.member.${i}.Key`);
      if (key === null) return tags;
      // The prefix is AWS's alone (IAM User Guide, "Tags for AWS IAM resources").
      if (/^aws:/i.test(key))
        throw new ServiceError(
          400,
          'InvalidInput',
          'Tag keys that begin with aws: are reserved for system use.',
        );
      tags[key] = this.#form.get(`Tags.member.${i}.Value`) ?? '';
    }
  }
}

function invalid(name: string, constraint: string): ServiceError {
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  const message = `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${constraint}`;
  return new ServiceError(400, 'ValidationError', message);
}
