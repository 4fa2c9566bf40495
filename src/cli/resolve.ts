import type { Problem } from '../domain/problem.ts';
import { toJsonText } from '../domain/json-text.ts';
import { cleanText } from '../domain/text.ts';
import { chooseFix, resolveFinding } from '../services/resolve-service.ts';
import type { FixName, Resolution } from '../triage/resolve/fix.ts';
import type { Command, CommandInput, ExitCode } from './command.ts';
import { formatFix, formatResolution, toResolutionJson } from './formats/resolution-text.ts';
import { runPlanCommand } from './plan-command.ts';
import { print } from './print.ts';
import { createProgressBar } from './progress-bar.ts';
import { findFindings } from './show.ts';

/** `resolve ID`: what is wrong and how it is fixed; with --apply the fix is made, through the journal. */
export const resolve: Command = async (input) => {
  const { io, runtime, positionals, options, signal } = input;
  if (options.flag('plan') && options.flag('apply')) {
    return {
      kind: 'usage',
      message: 'Give either --plan or --apply, not both.',
      hint: 'Run `iam-triage resolve --help`.',
    };
  }
  const store = runtime.store();
  if (!store.ok) return store.problem;
  const found = findFindings(store.value, positionals[0] ?? '');
  if (!found.ok) return found.problem;
  const bar = createProgressBar(io);
  const organizationId = options.text('organization');
  const resolution = await resolveFinding(runtime, found.value[0], {
    signal,
    ...(organizationId === undefined ? {} : { organizationId }),
    onProgress: ({ elapsedMs, usualMs }) => bar.update(elapsedMs / usualMs, 'waiting for the recommendation'),
  });
  bar.finish();
  if (!resolution.ok) return resolution.problem;
  return options.flag('apply') ? applyFix(input, resolution.value) : showFixes(input, resolution.value);
};

async function showFixes({ io, options }: CommandInput, resolution: Resolution): Promise<ExitCode> {
  const text = options.flag('json')
    ? `${toJsonText(toResolutionJson(resolution))}\n`
    : formatResolution(resolution, io.columns);
  await print(io.out, text);
  return 0;
}

async function applyFix(input: CommandInput, resolution: Resolution): Promise<ExitCode | Problem> {
  const { options, io } = input;
  const name = options.text('fix');
  const fix = chooseFix(resolution, name as FixName | undefined);
  if (fix?.plan === undefined) return whyNotApplied(resolution, name);
  const text = `${formatFix(fix, io.columns)}\n${resolution.proof}\n\n`;
  const ended = await runPlanCommand(input, fix.plan, { json: { fix: fix.name }, text });
  if (ended === 0 && !options.flag('json')) {
    const { findingType, id } = resolution.finding;
    // Nothing else can be scanned.
    const scan = findingType === 'ExternalAccess' ? `  Prove it: iam-triage scan ${cleanText(id)}\n` : '';
    await print(io.out, `  ${resolution.proof}\n${scan}`);
  }
  return ended;
}

function whyNotApplied({ finding, fixes, notes }: Resolution, name: string | undefined): Problem {
  const names = fixes.map((fix) => fix.name);
  if (name !== undefined && !(names as readonly string[]).includes(name)) {
    return {
      kind: 'usage',
      message: `There is no fix "${name}" for this finding.`,
      hint:
        names.length === 0
          ? (notes[0] ?? '')
          : `There ${names.length === 1 ? 'is' : 'are'}: ${names.join(', ')}.`,
    };
  }
  const fix = name === undefined ? fixes[0] : fixes.find((each) => each.name === name);
  if (fix?.blocked !== undefined) return fix.blocked;
  return {
    kind: 'conflict',
    message: notes[0] ?? 'This finding cannot be fixed from here: nothing was sent.',
    hint: `See the commands that fix it: iam-triage resolve ${finding.id}`,
  };
}
