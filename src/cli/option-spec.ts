/** An option of a command, as parsing and help need to know it. */
export interface OptionSpec {
  readonly type: 'boolean' | 'string';
  readonly multiple?: boolean;
  /** What the value is, in capitals. */
  readonly value?: string;
  readonly help: string;
}
