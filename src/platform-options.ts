/** Turns the flags about where the server runs into options, and refuses what cannot run there. */
import type { Flags } from './cli.js';
import { type Deployment, defaultDeployment, deployments } from './deployments.js';
import { UsageError } from './errors.js';
import { defaultExample, type Example, examples } from './examples.js';
import { findChoice } from './find-choice.js';
import { defaultFramework, type Framework, frameworks } from './frameworks.js';
import type { OAuthOptions } from './oauth-options.js';

export interface PlatformOptions {
  readonly deployment: Deployment;
  /** Absent where the server has no port that a framework could put it on. */
  readonly framework?: Framework;
  readonly example: Example;
}

/** @throws UsageError for the first value that there is not, or that does not go with the others */
export function resolvePlatform(flags: Flags): PlatformOptions {
  const deployment =
    findChoice(flags.deploy, deployments, 'deployment', '--deploy') ?? defaultDeployment;
  const framework = findChoice(flags.framework, frameworks, 'framework', '--framework');
  const example = findChoice(flags.example, examples, 'example', '--example') ?? defaultExample;
  if (!deployment.serverless) {
    return { deployment, framework: framework ?? defaultFramework, example };
  }
  if (framework !== undefined) {
    throw new UsageError('OPTION_CONFLICT', {
      what: `--framework does not go with --deploy ${deployment.id}`,
      why: `${deployment.title} calls the server itself: it has no port that a framework would put it on.`,
      fix: 'Leave --framework out.',
      option: '--framework',
    });
  }
  if (example.id === 'everything') {
    throw new UsageError('OPTION_CONFLICT', {
      what: `--example everything does not go with --deploy ${deployment.id}`,
      why: `It keeps sessions in the memory of one process, and ${deployment.title} runs as many as it likes.`,
      fix: `Leave --example out, or use --deploy ${defaultDeployment.id}.`,
      option: '--example',
    });
  }
  return { deployment, example };
}

/** @throws UsageError if the login cannot run where the server is deployed */
export function refuseLogin({ id, title, serverless }: Deployment, oauth: OAuthOptions): void {
  if (!serverless || oauth.mode !== 'proxy') return;
  const { provider } = oauth;
  const others = provider.modes.filter((mode) => mode !== 'proxy');
  const instead = others.length === 0 ? '' : `, or --auth-mode ${others.join(' or ')}`;
  throw new UsageError('OPTION_CONFLICT', {
    what: `--auth-mode proxy, the way to log in with ${provider.title}, does not go with --deploy ${id}`,
    why: `The server is an authorization server then: one Node process with its state in a file or in Redis. ${title} has neither.`,
    fix: `Use --deploy ${defaultDeployment.id}${instead}.`,
    option: '--deploy',
  });
}
