import { REASONS_TO_KEEP } from '../../domain/recommendation.ts';
import { checkable } from '../../triage/recommend/check-recommendation.ts';
import { selectOutdated } from '../selectors/marks.ts';
import {
  selectChosenFix,
  selectNoPreview,
  selectPreview,
  selectResolution,
} from '../selectors/panel-parts.ts';
import { selectRowUnder } from '../selectors/row-under.ts';
import type { Chord } from '../keymap.ts';
import type { AppState } from '../state.ts';
import type { Command } from './command.ts';

/** From a finding to its recommended policy and to its fix. */

const act = { group: 'Act', mutates: false } as const;

/** Both read from AWS, and both are about one finding. */
function noFinding(state: AppState): string | undefined {
  if (state.screen !== 'findings') return 'Works on the Findings screen: press 1.';
  if (state.mode.offline) return 'Offline: AWS is not asked. Start without --offline.';
  if (state.panel !== undefined) return undefined;
  const outdated = selectOutdated(state);
  if (outdated !== undefined) return outdated;
  if (state.list.counts?.exposures === 0) return 'The list is empty.';
  return selectRowUnder(state) === undefined ? 'The row under the cursor is still loading.' : undefined;
}

function noPolicy(state: AppState): string | undefined {
  const blocked = noFinding(state);
  if (blocked !== undefined) return blocked;
  const row = selectRowUnder(state);
  if (row !== undefined && row.findingType !== 'UnusedPermission')
    return 'Policies are recommended for unused permissions only: r leads to the fix.';
  return row?.status === 'RESOLVED' ? 'The finding is RESOLVED: nothing is left to recommend.' : undefined;
}

function noFix(state: AppState): string | undefined {
  const { panel } = state;
  if (panel?.kind !== 'resolve' || state.screen !== 'findings')
    return 'No fix is chosen: press r on a finding.';
  if (panel.asked.state === 'loading') return 'The fixes are still being looked for.';
  if (panel.made !== undefined) return 'A fix was made here: r looks at what is left.';
  const fix = selectChosenFix(state);
  if (fix === undefined) return 'There is nothing to fix here.';
  if (fix.plan !== undefined) return undefined;
  return fix.blocked?.message ?? 'This is done by hand: y copies the commands.';
}

/** A condition on aws:PrincipalOrgID can only stand where a role is trusted from outside. */
function noTrust(state: AppState): string | undefined {
  if (state.screen !== 'findings' || state.panel?.kind !== 'resolve')
    return 'Works where the fixes are shown: press r on a finding.';
  const finding = selectResolution(state)?.finding;
  if (finding === undefined) return 'The fixes are still being looked for.';
  return finding.findingType === 'ExternalAccess' && finding.resourceType === 'AWS::IAM::Role'
    ? undefined
    : 'Only the trust policy of a role can be left open to one organization from here.';
}

function noPreview(state: AppState): string | undefined {
  if (state.screen !== 'findings' || state.panel?.kind !== 'policy')
    return 'Works in the preview of a recommended policy: press p.';
  return selectNoPreview(state);
}

function noCheck(state: AppState): string | undefined {
  const blocked = noPreview(state);
  const preview = selectPreview(state);
  if (blocked !== undefined || preview === undefined) return blocked;
  if (state.panel?.kind === 'policy' && state.panel.checking) return 'The check is under way.';
  const checks = checkable(preview.recommendation);
  if (checks.length === 0) return 'Nothing can be checked: no policy is replaced by another.';
  return checks.every(({ verdict }) => verdict !== undefined) ? 'It has been checked already.' : undefined;
}

/** Why permissions are kept, in the order of REASONS_TO_KEEP: a key and a name for each. */
const KEEPS: readonly (readonly [id: string, key: Chord, label: string])[] = [
  ['monthly-job', 'M', 'monthly job'],
  ['pipeline', 'P', 'pipeline'],
  ['recovery', 'D', 'disaster recovery'],
  ['backup', 'B', 'backup'],
];

const keeps: readonly Command[] = KEEPS.flatMap(([id, key, label], index) => {
  const reason = REASONS_TO_KEEP[index];
  if (reason === undefined) return [];
  return {
    group: 'Act',
    mutates: true,
    id: `keep.${id}`,
    title: `Keep the permissions (${label}): archive with that reason`,
    label,
    keys: [key],
    disabledReason: noPreview,
    message: () => ({ kind: 'keep-permissions', reason }),
  };
});

export const FIX_COMMANDS: readonly Command[] = [
  {
    ...act,
    id: 'policy',
    title: 'Preview the recommended policy',
    label: 'policy',
    keys: ['p'],
    disabledReason: noPolicy,
    message: () => ({ kind: 'preview-policy' }),
  },
  {
    ...act,
    id: 'resolve',
    title: 'Resolve: the fixes, safest first',
    label: 'resolve',
    keys: ['r'],
    disabledReason: noFinding,
    message: () => ({ kind: 'resolve' }),
  },
  {
    ...act,
    id: 'make-fix',
    title: 'Make the chosen fix (enter, where the fixes are shown)',
    label: 'make the fix',
    keys: [],
    mutates: true,
    disabledReason: noFix,
    message: () => ({ kind: 'make-fix' }),
  },
  {
    ...act,
    id: 'organization',
    title: 'Let only an organization in: offer that fix for a trust policy, too',
    label: 'organization',
    keys: ['O'],
    disabledReason: noTrust,
    message: () => ({ kind: 'ask-organization' }),
  },
  {
    ...act,
    id: 'check-policy',
    title: 'Check that the recommended policy grants nothing new (paid)',
    label: 'check',
    keys: ['C'],
    disabledReason: noCheck,
    message: () => ({ kind: 'check-policy' }),
  },
  ...keeps,
];
