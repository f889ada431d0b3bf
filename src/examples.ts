/** What a project comes with to learn from. The files of each are the layer `example-ID`. */

export interface Example {
  readonly id: 'basic' | 'everything';
  /** What is in it. */
  readonly summary: string;
}

/** What a person replaces by their own. */
export const defaultExample: Example = {
  id: 'basic',
  summary: 'one tool, one resource, one prompt',
};

/** In the order in which they are listed. */
export const examples: readonly Example[] = [
  defaultExample,
  {
    id: 'everything',
    summary: 'one of each thing that the protocol has, and sessions for 2025-era clients',
  },
];
