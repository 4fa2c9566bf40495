import { addRole } from '../build.ts';
import type { Account, Role } from '../model.ts';
import { formatPolicy, trustAccount, trustSaml, trustService, trustWeb } from '../statement.ts';
import { awsPolicy } from './aws-policies.ts';
import { OUTSIDERS, type Setting } from './setting.ts';
import { recordUse, useFully } from './usage.ts';

/** Roles that somebody outside may assume. */

interface Trusted {
  readonly account: Account;
  readonly path: string;
  readonly name: string;
  readonly trustPolicy: string;
  readonly ageDays: number;
  /** Managed policies; without any the role may only read one bucket. */
  readonly policies?: readonly string[];
}

function addTrusted(setting: Setting, given: Trusted): Role {
  const { account, path, name, trustPolicy } = given;
  const role = addRole(setting.world, account, {
    path,
    name,
    trustPolicy,
    createdAt: setting.daysAgo(given.ageDays),
  });
  if (given.policies !== undefined) role.attachedPolicies.push(...given.policies);
  else {
    const resource = [`arn:aws:s3:::${account.name}-exchange`, `arn:aws:s3:::${account.name}-exchange/*`];
    role.inlinePolicies.set(
      'exchange',
      formatPolicy({ action: ['s3:GetObject', 's3:ListBucket'], resource }),
    );
  }
  useFully(setting, role);
  return role;
}

/** What the vendor runs for us, one role each: alike but for their names, so that one archive rule says it all. */
const VENDOR_ROLES = [
  'cross-acct-00002',
  'cross-acct-00003',
  'billing-export',
  'catalogue-feed',
  'customer-segments',
  'delivery-tracking',
  'demand-forecast',
  'email-campaigns',
  'invoice-archive',
  'loyalty-points',
  'price-monitoring',
  'returns-portal',
  'stock-levels',
  'warehouse-robots-integration-with-a-name-nobody-can-read-whole',
];

/** The vendor's proof that it is asked by us (IAM User Guide, "The confused deputy problem"). */
export const VENDOR_CONDITION = { StringEquals: { 'sts:ExternalId': 'acme-7f3c' } };

function addPartnerRoles(setting: Setting): void {
  VENDOR_ROLES.forEach((name, i) => {
    const trustPolicy = trustAccount(OUTSIDERS.vendor, VENDOR_CONDITION);
    addTrusted(setting, {
      account: setting.data,
      path: '/partner/',
      name,
      trustPolicy,
      ageDays: 210 - 9 * i,
    });
  });
}

const GITHUB = (account: string): string =>
  `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;

const trustGithub = (account: string, subject: string): string =>
  trustWeb(GITHUB(account), {
    StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
    StringLike: { 'token.actions.githubusercontent.com:sub': subject },
  });

/** Roles of the production account are seen from every Region that has an analyzer. */
function addProductionRoles(setting: Setting): void {
  const { prod: account, data } = setting;
  const add = (given: Omit<Trusted, 'account'>): Role => addTrusted(setting, { account, ...given });
  add({
    path: '/audit/',
    name: 'global-security-auditor',
    trustPolicy: trustAccount(OUTSIDERS.auditor),
    ageDays: 12,
    policies: [awsPolicy('SecurityAudit')],
  });
  add({
    path: '/partner/',
    name: 'cross-acct-00001',
    trustPolicy: trustAccount(OUTSIDERS.vendor, VENDOR_CONDITION),
    ageDays: 25,
  });
  add({
    path: '/monitoring/',
    name: 'datadog-integration',
    trustPolicy: trustAccount(OUTSIDERS.monitoring, { StringEquals: { 'sts:ExternalId': '4d0b7f52c1' } }),
    ageDays: 420,
    policies: [awsPolicy('ReadOnlyAccess')],
  });
  add({
    path: '/ci/',
    name: 'github-actions-deploy',
    trustPolicy: trustGithub(account.id, 'repo:acme/shop:ref:refs/heads/main'),
    ageDays: 96,
  });
  add({ path: '/shared/', name: 'data-platform-reader', trustPolicy: trustAccount(data.id), ageDays: 61 });
  add({
    path: '/aws-reserved/sso.amazonaws.com/',
    name: 'AWSReservedSSO_AdministratorAccess_3f1c2a9be77d4e05',
    trustPolicy: trustSaml(`arn:aws:iam::${account.id}:saml-provider/AWSSSO_9d1f6f0a7c2b4e58_DO_NOT_DELETE`),
    ageDays: 700,
    policies: [awsPolicy('AdministratorAccess')],
  });
}

/** Trust in the other accounts, seen by the organization's analyzer alone. */
function addOtherRoles(setting: Setting): void {
  const { staging, sandbox, security } = setting;
  const add = (given: Trusted): Role => addTrusted(setting, given);
  // Any workflow of any repository on GitHub: the condition on `sub` was forgotten.
  add({
    account: sandbox,
    path: '/ci/',
    name: 'github-actions-legacy',
    trustPolicy: trustWeb(GITHUB(sandbox.id), {
      StringLike: { 'token.actions.githubusercontent.com:sub': '*' },
    }),
    ageDays: 5,
  });
  add({
    account: staging,
    path: '/ci/',
    name: 'github-actions-payments',
    trustPolicy: trustGithub(staging.id, 'repo:東京支社/決済基盤:*'),
    ageDays: 33,
  });
  add({
    account: staging,
    path: '/agency/',
    name: 'design-preview',
    trustPolicy: trustAccount(OUTSIDERS.agency),
    ageDays: 150,
  });
  add({
    account: security,
    path: '/',
    name: 'incident-response-retainer',
    trustPolicy: trustAccount(OUTSIDERS.auditor),
    ageDays: 300,
  });
}

/** Trust in identity providers of the web. */
function addWebRoles(setting: Setting): void {
  const { sandbox, data } = setting;
  const add = (given: Trusted): Role => addTrusted(setting, given);
  add({
    account: data,
    path: '/',
    name: 'mobile-app-guests',
    trustPolicy: trustWeb('cognito-identity.amazonaws.com', {
      StringEquals: {
        'cognito-identity.amazonaws.com:aud': 'ap-northeast-1:5e1f0c3a-2b1d-4c9e-8f7a-0d6b5a4c3e21',
      },
    }),
    ageDays: 88,
  });
  // What an attacker may call a tenant: escapes and bidirectional overrides that must never reach a terminal.
  add({
    account: sandbox,
    path: '/lab/',
    name: 'oidc-experiment',
    trustPolicy: trustWeb(`arn:aws:iam::${sandbox.id}:oidc-provider/oidc.lab.example.com`, {
      StringEquals: { 'oidc.lab.example.com:sub': 'build\u001b[31m\u202Egnp.niam\u202C\u0007-agent' },
    }),
    ageDays: 2,
  });
}

/** What the security team assumes in every other account to set things right there; trust within the organization. */
function addRemediationRoles(setting: Setting): void {
  const { prod, staging, data, security, sandbox } = setting;
  for (const account of [staging, data, security, sandbox]) {
    const role = addRole(setting.world, account, {
      path: '/security/',
      name: 'triage-remediation',
      trustPolicy: trustAccount(prod.id),
      createdAt: setting.daysAgo(290),
    });
    role.inlinePolicies.set('iam', formatPolicy({ action: 'iam:*', resource: '*' }));
    useFully(setting, role);
  }
}

/** A role that AWS made for itself: no analyzer reports it. */
function addServiceLinkedRoles(setting: Setting): void {
  for (const account of setting.world.accounts.values()) {
    const role = addRole(setting.world, account, {
      path: '/aws-service-role/access-analyzer.amazonaws.com/',
      name: 'AWSServiceRoleForAccessAnalyzer',
      trustPolicy: trustService('access-analyzer.amazonaws.com'),
      createdAt: setting.daysAgo(900),
    });
    recordUse(role, 'iam:ListRoles', setting.daysAgo(0));
  }
}

export function addTrusts(setting: Setting): void {
  addPartnerRoles(setting);
  addProductionRoles(setting);
  addOtherRoles(setting);
  addWebRoles(setting);
  addRemediationRoles(setting);
  addServiceLinkedRoles(setting);
}
