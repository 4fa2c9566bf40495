import type { ScanChange } from '../../domain/journal.ts';
import type { Executor } from './executor.ts';

/**
 * StartResourceScan answers nothing, and nothing can be read back but the findings themselves, which move seconds to
 * half an hour later: that the request was taken is all there is to know.
 */
export const startResourceScan: Executor<ScanChange> = {
  async execute({ profile, region, analyzerArn, change }, { gateway, signal }) {
    const far = gateway.at({ profile, region });
    await far.startResourceScan(analyzerArn, change.resourceArn, change.resourceOwnerAccount, signal);
    return { sent: true };
  },
  async readBack(_operation, { sent, problem }) {
    if (!sent) return { state: 'failed', error: 'It was never sent.' };
    return problem === undefined ? { state: 'done' } : { state: 'failed', error: problem.message };
  },
};
