import { TYPE_LABELS, type FindingDetail, type UnusedService } from '../../domain/finding.ts';
import type { ExposureDetail, StoredFinding } from '../../domain/listing.ts';
import { scoreRisk } from '../../domain/risk.ts';
import { cleanText } from '../../domain/text.ts';
import { agoText, explainFinding } from '../../domain/words.ts';
import { toIso } from '../../domain/finding-json.ts';

/** One finding as a page of text: what it means, the facts, its twins, its risk. All of it clean. */
export function formatFinding(
  finding: StoredFinding,
  exposure: ExposureDetail | undefined,
  { now, knownAccounts }: { readonly now: number; readonly knownAccounts: ReadonlySet<string> },
): string {
  const { detail, ...known } = finding;
  const risk = scoreRisk({ ...known, ...(detail === undefined ? {} : { detail }), knownAccounts });
  const sections = [
    [explainFinding(finding, finding.detail)],
    facts(finding, now),
    detailLines(finding.detail, now),
    [
      `risk       ${finding.risk}: ${risk.points.map(({ label, points }) => `${label} ${points}`).join(', ')}`,
    ],
    twins(finding, exposure),
    decisionLines(exposure),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map(cleanText).join('\n'))
    .join('\n\n')
    .concat('\n');
}

const pairs = (map: Readonly<Record<string, string>> | undefined): string =>
  Object.entries(map ?? {})
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ');

function facts(finding: StoredFinding, now: number): string[] {
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['id', finding.id],
    ['finding', `${TYPE_LABELS[finding.findingType]}${finding.isPublic === true ? ', public' : ''}`],
    ['status', `${finding.status}${finding.goneAt === undefined ? '' : ' (gone: AWS no longer lists it)'}`],
    ['resource', finding.resource],
    ['type', finding.resourceType],
    ['account', finding.resourceOwnerAccount],
    ['region', finding.region],
    ['analyzer', finding.analyzerArn],
    ['profile', finding.profile],
    ['error', finding.error],
    ['principal', finding.principal && pairs(finding.principal)],
    ['actions', finding.action?.join(', ')],
    ['condition', finding.condition && pairs(finding.condition)],
    [
      'sources',
      finding.sources
        ?.map(({ type, accessPointArn }) => [type, accessPointArn].filter(Boolean).join(' '))
        .join(', '),
    ],
    ['rcp', finding.resourceControlPolicyRestriction],
    ['created', `${toIso(finding.createdAt)} (${agoText(now - finding.createdAt)})`],
    ['updated', `${toIso(finding.updatedAt)} (${agoText(now - finding.updatedAt)})`],
  ];
  return lines
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name.padEnd(10)} ${value ?? ''}`);
}

const lastUse = (at: number | undefined, now: number): string =>
  at === undefined ? 'never used' : `last used ${agoText(now - at)}`;

function detailLines(detail: FindingDetail | undefined, now: number): string[] {
  switch (detail?.kind) {
    case 'unused-role':
    case 'unused-password':
      return [`use        ${lastUse(detail.lastAccessed, now)}`];
    case 'unused-key':
      return [`key        ${detail.accessKeyId} · ${lastUse(detail.lastAccessed, now)}`];
    case 'unused-permission':
      return ['unused permissions', ...detail.services.flatMap((service) => serviceLines(service, now))];
    case 'external':
    case 'internal':
    case undefined:
      return [];
  }
}

function serviceLines({ serviceNamespace, lastAccessed, actions }: UnusedService, now: number): string[] {
  const head = `  ${serviceNamespace}${actions === undefined ? ' (all of it)' : ''} · ${lastUse(lastAccessed, now)}`;
  return [
    head,
    ...(actions ?? []).map((unused) => `    ${unused.action} · ${lastUse(unused.lastAccessed, now)}`),
  ];
}

function twins(finding: StoredFinding, exposure: ExposureDetail | undefined): string[] {
  const others = (exposure?.findings ?? []).filter(
    ({ id, region }) => id !== finding.id || region !== finding.region,
  );
  if (others.length === 0) return [];
  return [
    `the same exposure (${finding.exposureId}) is also found as`,
    ...others.map(({ id, region, status, analyzerArn }) => `  ${region} ${status} ${id} ${analyzerArn}`),
  ];
}

function decisionLines(exposure: ExposureDetail | undefined): string[] {
  const decision = exposure?.decision;
  if (decision === undefined) return [];
  const { reason, ticket, owner, note } = decision;
  return [
    `decision   ${[reason, ticket, owner, note].filter(Boolean).join(' · ')} (${toIso(decision.decidedAt).slice(0, 10)})`,
  ];
}
