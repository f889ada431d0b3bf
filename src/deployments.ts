/** Where a project can be deployed. The files of each are the layers that `layers.ts` names. */

export interface Deployment {
  readonly id: 'docker' | 'cloudflare' | 'vercel' | 'none';
  /** What people call it. */
  readonly title: string;
  /** Whether the server is called by a platform, and has no process and no port of its own. */
  readonly serverless: boolean;
}

export const defaultDeployment: Deployment = { id: 'docker', title: 'Docker', serverless: false };

/** The default first. */
export const deployments: readonly Deployment[] = [
  defaultDeployment,
  { id: 'cloudflare', title: 'Cloudflare Workers', serverless: true },
  { id: 'vercel', title: 'Vercel', serverless: true },
  { id: 'none', title: 'none', serverless: false },
];
