/** The HTTP frameworks a project can be made for. The files of each are the layer of its name. */

export interface Framework {
  readonly id: 'hono' | 'express' | 'fastify';
  /** What people call it. */
  readonly title: string;
  /** Why somebody would take it, for the list to choose from. */
  readonly summary: string;
}

export const defaultFramework: Framework = {
  id: 'hono',
  title: 'Hono',
  summary: 'small, web-standard',
};

/** In the order in which they are offered. */
export const frameworks: readonly Framework[] = [
  defaultFramework,
  { id: 'express', title: 'Express', summary: 'the most middleware' },
  { id: 'fastify', title: 'Fastify', summary: 'plugins, schemas for routes of your own' },
];
