import type { ExposureId } from '../../domain/exposure.ts';
import type { Token } from '../../theme/tokens.ts';
import { cleanText } from '../../domain/text.ts';
import { agoText } from '../../domain/words.ts';
import { type Proof, proofText, type ProveProgress } from '../../triage/resolve/prove.ts';
import { formatCount } from '../../domain/format-count.ts';
import type { ProofState, ProvenFinding } from '../proof.ts';
import type { AppState, Toast } from '../state.ts';
import type { TextLine } from './text-line.ts';

/** The proof that a fix worked, in words. */

type Verdict = Proof['kind'] | 'failed';

/** What speaks most against the fix stands for all findings of an exposure. */
const WORST_FIRST: readonly Verdict[] = [
  'came-back',
  'still-there',
  'not-proven',
  'failed',
  'waiting',
  'due',
  'resolved',
  'gone',
];

/** How a verdict is said; nothing is refused by one. */
type Tone = Exclude<Toast['kind'], 'refusal'>;

const TONES: Readonly<Record<Verdict, Tone>> = {
  'came-back': 'error',
  'still-there': 'warning',
  'not-proven': 'warning',
  failed: 'error',
  waiting: 'info',
  due: 'info',
  resolved: 'success',
  gone: 'success',
};

const verdictOf = ({ proof }: ProvenFinding): Verdict => (proof.ok ? proof.value.kind : 'failed');

const textOf = ({ proof }: ProvenFinding): string =>
  cleanText(proof.ok ? proofText(proof.value) : proof.problem.message);

const rank = (finding: ProvenFinding): number => WORST_FIRST.indexOf(verdictOf(finding));

export interface ProofSummary {
  readonly kind: Tone;
  readonly text: string;
}

/** One sentence for all findings of an exposure. */
export function summarizeProof(findings: readonly ProvenFinding[]): ProofSummary {
  const [worst] = [...findings].sort((a, b) => rank(a) - rank(b));
  if (worst === undefined) return { kind: 'success', text: 'AWS no longer lists the finding.' };
  const alike = findings.filter((one) => verdictOf(one) === verdictOf(worst)).length;
  const share = findings.length === 1 ? '' : ` (${alike} of ${formatCount(findings.length, 'finding')})`;
  return { kind: TONES[verdictOf(worst)], text: `${textOf(worst)}${share}` };
}

/** `0:42`, `12:05`: minutes and seconds. */
export const clockText = (ms: number): string => {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

/** The clock of the last look: nothing is claimed about what was not looked at. */
export const waitText = (progress: ProveProgress | undefined): string =>
  progress === undefined
    ? 'asking AWS'
    : `looked ${progress.looks === 1 ? 'once' : `${progress.looks} times`} in ${clockText(progress.elapsedMs)} of at most ${clockText(progress.longestMs)}`;

const TOKENS: Readonly<Record<Tone, Token>> = {
  info: 'text',
  success: 'success',
  warning: 'warning',
  error: 'error',
};

function linesOf(proof: ProofState, isFixed: boolean): readonly TextLine[] {
  const what = isFixed ? 'Fixed, waiting for proof' : 'Waiting for the analyzer to look';
  switch (proof.state) {
    case 'waiting':
      return [{ text: `${what}: ${waitText(proof.progress)}.`, tone: 'accent' }];
    case 'failed':
      return [
        { text: `${what}: it could not be looked at. ${cleanText(proof.problem.message)}`, tone: 'error' },
      ];
    case 'ended': {
      const { kind, text } = summarizeProof(proof.findings);
      const still = kind === 'info' && isFixed ? `${what}. ` : '';
      return [{ text: `${still}${text}`, tone: TOKENS[kind] }];
    }
  }
}

function isFixed({ panel }: AppState, id: ExposureId, fixedAt: number | undefined): boolean {
  const made = panel?.kind === 'resolve' && panel.exposureId === id && panel.made !== undefined;
  return made || fixedAt !== undefined;
}

/** Whether a fix was made of which AWS has not said yet that it worked or did not. */
export function waitsForProof(state: AppState, id: ExposureId, fixedAt?: number): boolean {
  const proof = state.proofs.get(id);
  const isOpen = proof?.state !== 'ended' || summarizeProof(proof.findings).kind === 'info';
  return isOpen && isFixed(state, id, fixedAt);
}

/** What is known of the proof of an exposure; empty: it was neither fixed nor scanned. */
export function proofLines(state: AppState, id: ExposureId, fixedAt?: number): readonly TextLine[] {
  const proof = state.proofs.get(id);
  if (proof !== undefined) return linesOf(proof, isFixed(state, id, fixedAt));
  if (fixedAt === undefined) return [];
  return [{ text: `Fixed ${agoText(state.now - fixedAt)}, waiting for proof.`, tone: 'accent' }];
}

/** For the message line: the waits that are under way. */
export function selectWaiting({ proofs }: AppState): string | undefined {
  const waiting = [...proofs.values()].filter((proof) => proof.state === 'waiting');
  const [first] = waiting;
  if (first === undefined) return undefined;
  if (waiting.length > 1) return `Waiting for the proof of ${formatCount(waiting.length, 'change')}`;
  return `Waiting for proof · ${first.name} · ${waitText(first.progress)}`;
}
