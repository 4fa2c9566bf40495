import type { Problem } from '../../domain/problem.ts';
import type { AppState } from '../state.ts';
import { keyOf } from './key-of.ts';

/** Hints come from rooms that serve the commands, too, and name one of these; here a key is nearer. The first that fits. */
const IN_KEYS: readonly (readonly [command: RegExp, here: (key: (id: string) => string) => string])[] = [
  [/ \(or iam-triage sync\)/u, () => ''],
  [/`?iam-triage sync`?/u, (key) => key('sync')],
  [
    /An older entry can be named: iam-triage journal, then iam-triage undo ENTRY/u,
    (key) => `An older entry can be chosen: ${key('screen.journal')}, then ${key('undo')} on it`,
  ],
  [/iam-triage journal/u, (key) => key('screen.journal')],
  [/iam-triage rules list/u, (key) => key('screen.rules')],
  [/iam-triage rules export/u, (key) => `${key('export')} on the Rules screen (${key('screen.rules')})`],
  [/iam-triage resolve [0-9a-f-]+$/u, (key) => key('resolve')],
];

/** A problem as the console says it: its hint names keys. */
export function selectProblem(state: AppState, problem: Problem): Problem {
  const { hint } = problem;
  const known = IN_KEYS.find(([command]) => hint !== undefined && command.test(hint));
  if (hint === undefined || known === undefined) return problem;
  const [command, here] = known;
  return {
    ...problem,
    hint: hint.replace(
      command,
      here((id) => keyOf(state, id)),
    ),
  };
}
