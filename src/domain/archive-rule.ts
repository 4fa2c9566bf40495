/** Archive rules and their criteria, as the API has them: keys are ANDed, the values of one key are ORed. */
export interface Criterion {
  readonly eq?: readonly string[];
  readonly neq?: readonly string[];
  readonly contains?: readonly string[];
  readonly exists?: boolean;
}

export type Criteria = Readonly<Record<string, Criterion>>;

export interface ArchiveRule {
  readonly profile: string;
  readonly region: string;
  readonly analyzerArn: string;
  readonly ruleName: string;
  readonly filter: Criteria;
  readonly createdAt: number;
  readonly updatedAt: number;
}
