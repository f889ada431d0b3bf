/** What conformance/results.json holds. */

/** What came of each case, by its identifier. */
export type Verdicts = Readonly<
  Record<string, { readonly outcome: 'passed' | 'failed' | 'skipped'; readonly said?: string }>
>;

export interface PeerResult {
  readonly id: string;
  readonly title: string;
  readonly language: string;
  /** What was installed, and its version. */
  readonly package: string;
  readonly version: string;
  readonly configuration: string;
  readonly cases: Verdicts;
}
