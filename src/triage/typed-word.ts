import { analyzerKind } from '../domain/analyzer.ts';
import type { Change } from '../domain/journal.ts';
import { canHidePublic } from '../domain/rules/public-access.ts';

/** The word that is typed before such a change is sent, whichever way it comes about (DESIGN §5); undefined: none. */
export function wordFor(change: Change): string | undefined {
  switch (change.kind) {
    case 'delete-analyzer':
      return change.before.name;
    case 'delete-archive-rule':
      return 'delete';
    case 'create-archive-rule':
    case 'update-archive-rule':
    case 'apply-archive-rule':
      return change.after !== null && canHidePublic(change.after.filter, analyzerKind(change.analyzerType))
        ? 'public'
        : undefined;
    case 'iam':
      return 'finish';
    case 'start-resource-scan':
    case 'update-findings':
      return undefined;
  }
}
