import xterm from '@xterm/headless';

/** A terminal to write to in process: what it shows is what a person would see. */
export class TestTerminal {
  readonly #terminal: InstanceType<typeof xterm.Terminal>;
  written = '';

  constructor(columns: number, rows: number) {
    this.#terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  }

  write = (text: string): boolean => {
    this.written += text;
    this.#terminal.write(text);
    return true;
  };

  /** Bytes written since the last time this was asked. */
  takeBytes(): number {
    const bytes = Buffer.byteLength(this.written);
    this.written = '';
    return bytes;
  }

  async lines(): Promise<readonly string[]> {
    await new Promise<void>((resolve) => this.#terminal.write('', resolve));
    const { active } = this.#terminal.buffer;
    return Array.from(
      { length: this.#terminal.rows },
      (_, row) => active.getLine(row)?.translateToString(true).trimEnd() ?? '',
    );
  }

  /** Looks of the cells of each row, for comparing two terminals: colour, background and attributes. */
  async looks(): Promise<readonly (readonly string[])[]> {
    await this.lines();
    return Array.from({ length: this.#terminal.rows }, (_, row) => this.#looksOf(row));
  }

  #looksOf(row: number): readonly string[] {
    const line = this.#terminal.buffer.active.getLine(row);
    return Array.from({ length: this.#terminal.cols }, (_, column) => {
      const cell = line?.getCell(column);
      if (cell === undefined) return '';
      const text = cell.getChars() === '' ? ' ' : cell.getChars();
      const flags = [cell.isUnderline(), cell.isInverse()];
      // On a blank only the ground is seen.
      const ink =
        text === ' '
          ? []
          : [cell.getFgColorMode(), cell.getFgColor(), cell.isBold(), cell.isDim(), cell.isItalic()];
      return [text, cell.getBgColorMode(), cell.getBgColor(), ...flags, ...ink].join(' ');
    });
  }
}
