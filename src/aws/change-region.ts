import { analyzerKind, type AnalyzerKind } from '../domain/analyzer.ts';
import type { Criteria } from '../domain/archive-rule.ts';
import type { Finding, FindingRef } from '../domain/finding.ts';
import { sendOptions } from './calls.ts';
import { type AnalyzerChanger, createAnalyzerChanger } from './change-analyzer.ts';
import type { RegionReader } from './read-region.ts';
import type { RegionCalls } from './region-calls.ts';
import { fromCriteria } from './translate-criteria.ts';

export interface CallOptions {
  /** Sent again unchanged on a retry. */
  readonly clientToken: string;
  readonly signal?: AbortSignal;
}

/** Changes in one Region, and what reads them back. Fills TriageRegionGateway of src/triage/ports.ts. */
export interface RegionChanger extends AnalyzerChanger {
  updateFindings(
    analyzerArn: string,
    ids: readonly string[],
    status: 'ACTIVE' | 'ARCHIVED',
    options: CallOptions,
  ): Promise<void>;
  readFinding(ref: FindingRef, signal?: AbortSignal): Promise<Finding | undefined>;
  readFindings(
    analyzerArn: string,
    profile: string,
    ids: readonly string[],
    signal?: AbortSignal,
  ): Promise<readonly Finding[]>;
  createArchiveRule(
    analyzerArn: string,
    ruleName: string,
    filter: Criteria,
    options: CallOptions,
  ): Promise<void>;
  updateArchiveRule(
    analyzerArn: string,
    ruleName: string,
    filter: Criteria,
    options: CallOptions,
  ): Promise<void>;
  deleteArchiveRule(analyzerArn: string, ruleName: string, options: CallOptions): Promise<void>;
  applyArchiveRule(analyzerArn: string, ruleName: string, options: CallOptions): Promise<void>;
  startResourceScan(
    analyzerArn: string,
    resourceArn: string,
    ownerAccount: string,
    signal?: AbortSignal,
  ): Promise<void>;
}

/** The values one criterion may have (Access Analyzer quotas). */
const IDS_A_REQUEST = 20;

/** What a chunk of UpdateFindings is read with: looking at it before and after takes as long as one request. */
const REQUESTS_AT_ONCE = 3;

const chunksOf = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );

const nameOf = (analyzerArn: string): string => analyzerArn.slice(analyzerArn.lastIndexOf('/') + 1);

export function createRegionChanger(calls: RegionCalls, reader: RegionReader): RegionChanger {
  return {
    ...createFindingChanger(calls, reader),
    ...createRuleChanger(calls),
    ...createAnalyzerChanger(calls),
  };
}

type FindingChanger = Pick<
  RegionChanger,
  'updateFindings' | 'readFinding' | 'readFindings' | 'startResourceScan'
>;

function createFindingChanger(calls: RegionCalls, reader: RegionReader): FindingChanger {
  const typeOf = createTypeLookup(calls);
  const readFindings: RegionChanger['readFindings'] = async (analyzerArn, _profile, ids, signal) => {
    const analyzer = { arn: analyzerArn, type: await typeOf(analyzerArn, signal) };
    const read = async (some: readonly string[]): Promise<readonly Finding[]> => {
      const filter: Criteria = { id: { eq: some } };
      const options = { filter, pageSize: SAFE_PAGE_SIZE, ...(signal === undefined ? {} : { signal }) };
      const found: Finding[] = [];
      for await (const page of reader.listFindings(analyzer, options)) found.push(...page.findings);
      return found;
    };
    const requests = chunksOf(ids, IDS_A_REQUEST);
    const found: (readonly Finding[])[] = [];
    for (const some of chunksOf(requests, REQUESTS_AT_ONCE))
      found.push(...(await Promise.all(some.map(read))));
    return found.flat();
  };
  return {
    readFindings,
    readFinding: async (ref, signal) =>
      (await readFindings(ref.analyzerArn, ref.profile, [ref.id], signal))[0],
    updateFindings: async (analyzerArn, ids, status, { clientToken, signal }) => {
      await calls.run('UpdateFindings', (client, sdk) =>
        client.send(
          new sdk.UpdateFindingsCommand({ analyzerArn, ids: [...ids], status, clientToken }),
          sendOptions(signal),
        ),
      );
    },
    startResourceScan: async (analyzerArn, resourceArn, ownerAccount, signal) => {
      const owner = ownerAccount === '' ? {} : { resourceOwnerAccount: ownerAccount };
      await calls.run('StartResourceScan', (client, sdk) =>
        client.send(
          new sdk.StartResourceScanCommand({ analyzerArn, resourceArn, ...owner }),
          sendOptions(signal),
        ),
      );
    },
  };
}

const SAFE_PAGE_SIZE = 100;

/** Which list an analyzer's findings are read from depends on its kind, and an ARN does not tell; asked once each. */
function createTypeLookup(calls: RegionCalls) {
  const known = new Map<string, AnalyzerKind>();
  return async (analyzerArn: string, signal: AbortSignal | undefined) => {
    let kind = known.get(analyzerArn);
    if (kind === undefined) {
      const { analyzer } = await calls.run('GetAnalyzer', (client, sdk) =>
        client.send(new sdk.GetAnalyzerCommand({ analyzerName: nameOf(analyzerArn) }), sendOptions(signal)),
      );
      kind = analyzerKind(analyzer?.type ?? 'ACCOUNT_UNUSED_ACCESS');
      known.set(analyzerArn, kind);
    }
    return TYPE_OF_KIND[kind];
  };
}

const TYPE_OF_KIND = {
  external: 'ACCOUNT',
  unused: 'ACCOUNT_UNUSED_ACCESS',
  internal: 'ACCOUNT_INTERNAL_ACCESS',
} as const;

type RuleChanger = Omit<RegionChanger, keyof FindingChanger | keyof AnalyzerChanger>;

function createRuleChanger(calls: RegionCalls): RuleChanger {
  return {
    createArchiveRule: async (analyzerArn, ruleName, filter, { clientToken, signal }) => {
      const input = {
        analyzerName: nameOf(analyzerArn),
        ruleName,
        filter: fromCriteria(filter),
        clientToken,
      };
      await calls.run('CreateArchiveRule', (client, sdk) =>
        client.send(new sdk.CreateArchiveRuleCommand(input), sendOptions(signal)),
      );
    },
    updateArchiveRule: async (analyzerArn, ruleName, filter, { clientToken, signal }) => {
      const input = {
        analyzerName: nameOf(analyzerArn),
        ruleName,
        filter: fromCriteria(filter),
        clientToken,
      };
      await calls.run('UpdateArchiveRule', (client, sdk) =>
        client.send(new sdk.UpdateArchiveRuleCommand(input), sendOptions(signal)),
      );
    },
    deleteArchiveRule: async (analyzerArn, ruleName, { clientToken, signal }) => {
      const input = { analyzerName: nameOf(analyzerArn), ruleName, clientToken };
      await calls.run('DeleteArchiveRule', (client, sdk) =>
        client.send(new sdk.DeleteArchiveRuleCommand(input), sendOptions(signal)),
      );
    },
    applyArchiveRule: async (analyzerArn, ruleName, { clientToken, signal }) => {
      await calls.run('ApplyArchiveRule', (client, sdk) =>
        client.send(
          new sdk.ApplyArchiveRuleCommand({ analyzerArn, ruleName, clientToken }),
          sendOptions(signal),
        ),
      );
    },
  };
}
