import { nearest } from '../domain/nearest.ts';
import { type FixRole, PERMISSION_MODES, permissionPolicy } from '../domain/permissions.ts';
import { partitionOf } from '../domain/region.ts';
import { cleanText } from '../domain/text.ts';
import type { Runtime } from '../services/runtime.ts';
import type { Command } from './command.ts';
import { print } from './print.ts';

/** `permissions [MODE]`: the policy of a mode as JSON, ready to paste; without a mode every one under its heading. */
export const permissions: Command = async ({ io, positionals, runtime }) => {
  const [name] = positionals;
  const fixRole = await fixRoleOf(runtime);
  if (name === undefined) {
    for (const mode of PERMISSION_MODES) {
      await print(io.out, `# ${mode.name}: ${mode.summary}\n${formatPolicy(mode.name, fixRole)}\n`);
    }
    io.err.write(
      'Each holds the ones before it, and “analyzers” the first alone; `iam-triage permissions MODE` prints one as plain JSON.\n',
    );
    return 0;
  }
  if (permissionPolicy(name) === undefined) {
    const names = PERMISSION_MODES.map((mode) => mode.name);
    const near = nearest(name, names);
    return {
      kind: 'usage',
      message: `There is no mode "${cleanText(name)}"${near === undefined ? '.' : `; did you mean "${near}"?`}`,
      hint: `Modes: ${names.join(', ')}.`,
    };
  }
  await print(io.out, formatPolicy(name, fixRole));
  return 0;
};

/** The partition is that of the Regions which would be asked; without a usable profile the commercial one. */
async function fixRoleOf(runtime: Runtime): Promise<FixRole | undefined> {
  const name = runtime.settings.values.fixRoleName;
  if (name === '') return undefined;
  const gateway = await runtime.gateway();
  const region = gateway.ok ? gateway.value.targets[0]?.region : runtime.regions[0];
  return { name, partition: partitionOf(region ?? '') ?? 'aws' };
}

const formatPolicy = (name: string, fixRole: FixRole | undefined): string =>
  `${JSON.stringify(permissionPolicy(name, fixRole), undefined, 2)}\n`;
