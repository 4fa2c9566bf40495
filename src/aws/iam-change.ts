import { randomBytes } from 'node:crypto';
import type * as Sdk from '@aws-sdk/client-iam';
import type { IamCall } from '../domain/iam/call.ts';
import { ProblemError } from '../domain/problem.ts';
import type { IamRun } from './iam-run.ts';

type Command = Parameters<Sdk.IAMClient['send']>[0];
type CommandClass = new (input: never) => unknown;

/** Every call that a fix may make; nothing else is ever sent to IAM but reads. */
const COMMANDS: Readonly<Record<string, (sdk: typeof Sdk) => CommandClass>> = {
  AddRoleToInstanceProfile: (sdk) => sdk.AddRoleToInstanceProfileCommand,
  AttachRolePolicy: (sdk) => sdk.AttachRolePolicyCommand,
  AttachUserPolicy: (sdk) => sdk.AttachUserPolicyCommand,
  CreateLoginProfile: (sdk) => sdk.CreateLoginProfileCommand,
  CreatePolicy: (sdk) => sdk.CreatePolicyCommand,
  CreateRole: (sdk) => sdk.CreateRoleCommand,
  DeleteAccessKey: (sdk) => sdk.DeleteAccessKeyCommand,
  DeleteLoginProfile: (sdk) => sdk.DeleteLoginProfileCommand,
  DeletePolicy: (sdk) => sdk.DeletePolicyCommand,
  DeleteRole: (sdk) => sdk.DeleteRoleCommand,
  DeleteRolePolicy: (sdk) => sdk.DeleteRolePolicyCommand,
  DeleteUserPolicy: (sdk) => sdk.DeleteUserPolicyCommand,
  DetachRolePolicy: (sdk) => sdk.DetachRolePolicyCommand,
  DetachUserPolicy: (sdk) => sdk.DetachUserPolicyCommand,
  PutRolePolicy: (sdk) => sdk.PutRolePolicyCommand,
  PutUserPolicy: (sdk) => sdk.PutUserPolicyCommand,
  RemoveRoleFromInstanceProfile: (sdk) => sdk.RemoveRoleFromInstanceProfileCommand,
  UpdateAccessKey: (sdk) => sdk.UpdateAccessKeyCommand,
  UpdateAssumeRolePolicy: (sdk) => sdk.UpdateAssumeRolePolicyCommand,
};

export async function sendIamCall({ call, input }: IamCall, run: IamRun): Promise<void> {
  const command = Object.hasOwn(COMMANDS, call) ? COMMANDS[call] : undefined;
  if (command === undefined) {
    throw new ProblemError({ kind: 'bug', message: `Nothing here sends iam:${call}.` });
  }
  const full = call === 'CreateLoginProfile' ? { ...input, Password: throwawayPassword() } : input;
  await run(call, (client, sdk, options) =>
    client.send(new (command(sdk))(full as never) as Command, options),
  );
}

/**
 * A password that nobody is told and nothing keeps: the person sets another. Meets every rule that a password policy can
 * ask for but a ban on long ones (IAM User Guide, "Setting an account password policy").
 */
const throwawayPassword = (): string => `aA1!${randomBytes(36).toString('base64url')}`;
