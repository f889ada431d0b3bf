/** Where a project can be deployed. The files of each are the layers that `layers.ts` names. */

export interface Deployment {
  readonly id: 'docker' | 'none';
}

export const defaultDeployment: Deployment = { id: 'docker' };

/** The default first. */
export const deployments: readonly Deployment[] = [defaultDeployment, { id: 'none' }];
