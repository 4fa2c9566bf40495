/**
 * The escape sequence that puts text on the clipboard of the terminal a person sits at (OSC 52), which works through SSH.
 * tmux and screen keep it to themselves unless it is wrapped for them: tmux gets it both ways, since which one it lets
 * through depends on its settings (`set-clipboard`, `allow-passthrough`).
 */
export function formatClipboard(text: string, env: NodeJS.ProcessEnv): string {
  const sequence = `\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`;
  if (env['TMUX'] !== undefined)
    return sequence + `\u001bPtmux;${sequence.replaceAll('\u001b', '\u001b\u001b')}\u001b\\`;
  if (env['TERM']?.startsWith('screen') === true) return wrapForScreen(sequence);
  return sequence;
}

/** screen takes at most 768 bytes in one device control string. */
const SCREEN_CHUNK = 700;

function wrapForScreen(sequence: string): string {
  let wrapped = '';
  for (let at = 0; at < sequence.length; at += SCREEN_CHUNK) {
    wrapped += `\u001bP${sequence.slice(at, at + SCREEN_CHUNK)}\u001b\\`;
  }
  return wrapped;
}

/** Bytes that a terminal takes: commonly 100,000 of base64, which are four for three. */
export const CLIPBOARD_LIMIT = 74_000;
