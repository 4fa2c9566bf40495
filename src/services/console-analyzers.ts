import type { AnalyzerServices } from '../app/rules/rule-effects.ts';
import { ProblemError, succeed } from '../domain/problem.ts';
import { type AnalyzersService, createAnalyzersService } from './analyzers-service.ts';
import { toPath } from './rules-file.ts';
import type { Runtime } from './runtime.ts';

/** Deleting an analyzer, as the console asks for it. */
export function createConsoleAnalyzers(runtime: Runtime): AnalyzerServices {
  const open = (): AnalyzersService => {
    const store = runtime.store();
    if (!store.ok) throw new ProblemError(store.problem);
    return createAnalyzersService(runtime, store.value);
  };
  return {
    offerDelete: async (place) => {
      const service = open();
      const truth = await service.look(place);
      if (!truth.ok) return truth;
      const { profile, region, arn, name } = place;
      const { length: rules } = truth.value.rules;
      return succeed({ profile, region, arn, name, rules, path: service.exportPath(truth.value) });
    },
    planDelete: async (place, exportTo) => {
      const service = open();
      const truth = await service.look(place);
      if (!truth.ok) return truth;
      if (exportTo === undefined) return succeed(service.planDelete(truth.value, {}));
      const path = toPath(exportTo, runtime.paths.exports);
      const written = await service.exportRules(truth.value, path);
      return written.ok ? succeed(service.planDelete(truth.value, { exportedTo: path })) : written;
    },
  };
}
