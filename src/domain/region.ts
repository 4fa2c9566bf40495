import { nearest } from './nearest.ts';

/** Partitions and the Regions in which IAM Access Analyzer runs (AWS General Reference, endpoints of Access Analyzer). */
export const PARTITIONS = ['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc'] as const;
export type Partition = (typeof PARTITIONS)[number];

export const REGIONS_OF_PARTITION: Readonly<Record<Partition, readonly string[]>> = {
  aws: [
    'af-south-1',
    'ap-east-1',
    'ap-east-2',
    'ap-northeast-1',
    'ap-northeast-2',
    'ap-northeast-3',
    'ap-south-1',
    'ap-south-2',
    'ap-southeast-1',
    'ap-southeast-2',
    'ap-southeast-3',
    'ap-southeast-4',
    'ap-southeast-5',
    'ap-southeast-6',
    'ap-southeast-7',
    'ca-central-1',
    'ca-west-1',
    'eu-central-1',
    'eu-central-2',
    'eu-north-1',
    'eu-south-1',
    'eu-south-2',
    'eu-west-1',
    'eu-west-2',
    'eu-west-3',
    'il-central-1',
    'me-central-1',
    'me-south-1',
    'mx-central-1',
    'sa-east-1',
    'us-east-1',
    'us-east-2',
    'us-west-1',
    'us-west-2',
  ],
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
  'aws-us-gov': ['us-gov-east-1', 'us-gov-west-1'],
  'aws-eusc': ['eusc-de-east-1'],
};

const CONSOLE_HOSTS: Readonly<Record<Partition, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-eusc': 'console.amazonaws-eusc.eu',
};

const PARTITION_BY_REGION: ReadonlyMap<string, Partition> = new Map(
  PARTITIONS.flatMap((partition) =>
    REGIONS_OF_PARTITION[partition].map((region) => [region, partition] as const),
  ),
);

/** Regions that opened after this table was written are told by how their names begin, as AWS's SDKs do. */
const PARTITION_BY_SHAPE: readonly (readonly [RegExp, Partition])[] = [
  [/^cn-[a-z]+-\d+$/, 'aws-cn'],
  [/^us-gov-[a-z]+-\d+$/, 'aws-us-gov'],
  [/^eusc-[a-z]{2}-[a-z]+-\d+$/, 'aws-eusc'],
  [/^(us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-\d+$/, 'aws'],
];

/** undefined: no Region is named like that. */
export const partitionOf = (region: string): Partition | undefined =>
  PARTITION_BY_REGION.get(region) ?? PARTITION_BY_SHAPE.find(([shape]) => shape.test(region))?.[1];

/** Whether the Region is in the table; a newer one may exist nevertheless (`partitionOf` then still answers). */
export const isKnownRegion = (region: string): boolean => PARTITION_BY_REGION.has(region);

const DIRECTION = /^[a-z]+(-[a-z]+)?-(north|south|central|(north|south)?(east|west))-[1-9]$/;

/** Whether there is or may come a Region of this name: one that opened after the table was written can be asked for. */
export const isRegionLike = (region: string): boolean =>
  isKnownRegion(region) || (DIRECTION.test(region) && partitionOf(region) !== undefined);

/** The Region that was probably meant. */
export const nearestRegion = (text: string): string | undefined =>
  nearest(text.toLowerCase(), [...PARTITION_BY_REGION.keys()]);

const isPartition = (text: string): text is Partition => PARTITIONS.some((partition) => partition === text);

/** Host of the AWS console; undefined for a partition that is not known here. */
export const consoleHost = (partition: string): string | undefined =>
  isPartition(partition) ? CONSOLE_HOSTS[partition] : undefined;
