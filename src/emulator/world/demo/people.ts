import { addAccessKey, addUser } from '../build.ts';
import type { Account, User } from '../model.ts';
import { formatPolicy } from '../statement.ts';
import { awsPolicy } from './aws-policies.ts';
import type { Setting } from './setting.ts';
import { useFully, usePartly } from './usage.ts';

/** IAM users: people from before single sign-on, and machines outside of AWS with a key in a file. */

const OFFICE = {
  action: ['s3:ListAllMyBuckets', 'ec2:DescribeInstances', 'cloudwatch:ListMetrics'],
  resource: '*',
};

type Age = number | 'never';

/** Days since the last use, or never; undefined: there is none. */
interface Credentials {
  readonly keys?: readonly Age[];
  readonly password?: Age;
}

function giveCredentials(setting: Setting, user: User, { keys, password }: Credentials): void {
  const { world, random } = setting;
  const daysAgo = (days: number): number => setting.daysAgo(days + random.next() / 2);
  keys?.forEach((age, i) => {
    const createdAt = user.createdAt + i * 86_400_000;
    addAccessKey(world, user, {
      createdAt,
      ...(age === 'never' ? {} : { lastUsed: { at: daysAgo(age), region: 'us-east-1', service: 's3' } }),
    });
  });
  if (password === undefined) return;
  user.loginProfile = {
    createdAt: user.createdAt,
    passwordResetRequired: false,
    ...(password === 'never' ? {} : { lastUsed: daysAgo(password) }),
  };
}

interface Person {
  readonly account: Account;
  readonly path: string;
  readonly name: string;
  readonly credentials: Credentials;
}

function addPerson(setting: Setting, { account, path, name, credentials }: Person): User {
  const createdAt = setting.daysAgo(setting.random.between(450, 2600) + setting.random.next());
  const user = addUser(setting.world, account, {
    path,
    name,
    createdAt,
    tags: { email: `${name}@acme.example` },
  });
  user.inlinePolicies.set('office', formatPolicy(OFFICE));
  giveCredentials(setting, user, credentials);
  useFully(setting, user);
  return user;
}

/** Name → credentials. A key or password used within the period makes no finding. */
const PROD_PEOPLE: Readonly<Record<string, Credentials>> = {
  'human-00001': { keys: [2], password: 1 },
  'human-00002': { keys: ['never'], password: 200 },
  'ana.kovac': { keys: [140, 3], password: 4 },
  'bo.lindqvist': { keys: [320], password: 'never' },
  'chidi.okafor': { keys: ['never', 'never'], password: 12 },
  'daniela.moreira-dos-santos-e-vasconcelos': { keys: [95], password: 180 },
  'emre.yilmaz': { password: 400 },
  'fatou.diop': { keys: [1] },
  'grace.osei': { password: 'never' },
  'haruki.sato': { keys: [210], password: 30 },
  'imani.wanjiru': { keys: ['never'] },
  'jonas.weber': { keys: [500], password: 500 },
  'oksana.melnyk': { keys: [125], password: 2 },
  'pedro.alvarez': { keys: ['never'], password: 150 },
};

const DATA_PEOPLE: Readonly<Record<string, Credentials>> = {
  'karolina.nowak': { keys: [110], password: 130 },
  'liu.wei': { keys: ['never'], password: 8 },
  'mateus.ribeiro': { keys: [3], password: 300 },
  'nadia.haddad': { password: 'never' },
  'rin.takahashi': { keys: [400], password: 95 },
  'siobhan.oreilly': { keys: ['never', 220] },
};

/** Keys in the configuration of something that nobody owns any more. */
const MACHINES: Readonly<
  Record<'prod' | 'data' | 'staging' | 'sandbox', Readonly<Record<string, Credentials>>>
> = {
  prod: {
    'ci-jenkins': { keys: [260, 0] },
    'smtp-relay': { keys: ['never'] },
    'on-prem-backup': { keys: [150] },
    'cdn-purge': { keys: [1] },
  },
  data: { 'sftp-import': { keys: [170] }, 'bi-tool': { keys: ['never', 90.5] } },
  staging: { 'load-tester': { keys: [230] }, 'qa-robot': { keys: ['never'], password: 'never' } },
  sandbox: {
    'demo-user': { keys: ['never', 365], password: 365 },
    'test-user-1': { password: 'never' },
    'test-user-2': { password: 'never' },
  },
};

function addMachines(setting: Setting): void {
  for (const where of ['prod', 'data', 'staging', 'sandbox'] as const) {
    for (const [name, credentials] of Object.entries(MACHINES[where])) {
      addPerson(setting, { account: setting[where], path: '/machines/', name, credentials });
    }
  }
}

/** Users with more than they use. */
function addPowerUsers(setting: Setting): void {
  const { prod, data, sandbox } = setting;
  const who = [
    [prod, 'ops.on-call', 'ReadOnlyAccess'],
    [prod, 'ci-terraform', 'AmazonEC2ContainerRegistryPowerUser'],
    [data, 'analyst-shared', 'AmazonBedrockFullAccess'],
    [sandbox, 'workshop', 'AmazonSNSFullAccess'],
  ] as const;
  for (const [account, name, policy] of who) {
    const user = addUser(setting.world, account, { path: '/staff/', name, createdAt: setting.daysAgo(800) });
    user.attachedPolicies.push(awsPolicy(policy));
    giveCredentials(setting, user, { keys: [1] });
    usePartly(setting, user, 0.4);
  }
}

export function addPeople(setting: Setting): void {
  for (const [name, credentials] of Object.entries(PROD_PEOPLE)) {
    addPerson(setting, { account: setting.prod, path: '/staff/', name, credentials });
  }
  for (const [name, credentials] of Object.entries(DATA_PEOPLE)) {
    addPerson(setting, { account: setting.data, path: '/staff/', name, credentials });
  }
  addMachines(setting);
  addPowerUsers(setting);
}
