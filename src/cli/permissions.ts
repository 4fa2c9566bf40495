import { nearest } from '../domain/nearest.ts';
import { PERMISSION_MODES, permissionPolicy } from '../domain/permissions.ts';
import { cleanText } from '../domain/text.ts';
import type { Command } from './command.ts';
import { print } from './print.ts';

/** `permissions [MODE]`: the policy of a mode as JSON, ready to paste; without a mode every one under its heading. */
export const permissions: Command = async ({ io, positionals }) => {
  const [name] = positionals;
  if (name === undefined) {
    for (const mode of PERMISSION_MODES) {
      await print(io.out, `# ${mode.name}: ${mode.summary}\n${formatPolicy(mode.name)}\n`);
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
  await print(io.out, formatPolicy(name));
  return 0;
};

const formatPolicy = (name: string): string => `${JSON.stringify(permissionPolicy(name), undefined, 2)}\n`;
