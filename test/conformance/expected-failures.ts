/**
 * What generated servers are known not to pass of the official conformance suite, and why. The tests
 * go by it both ways: what is listed here has to fail, and whatever is not has to pass.
 */
import type { Example } from '../../src/examples.js';

export interface ExpectedFailure {
  /** What the table of docs/conformance.md says. */
  mark: string;
  reason: string;
  /** A page about it. */
  link: string;
  examples: readonly Example['id'][];
  /** Names of scenarios, or `scenario:check` where the rest of the scenario passes. */
  scenarios: readonly string[];
}

const suite = 'https://github.com/modelcontextprotocol/conformance';

export const expectedFailures: readonly ExpectedFailure[] = [
  {
    mark: 'tasks',
    reason:
      'Tasks are an extension, which no revision requires. The SDK (`@modelcontextprotocol/server` 2.4) does not have it yet.',
    link: 'https://github.com/modelcontextprotocol/typescript-sdk/issues/2189',
    examples: ['basic', 'everything'],
    scenarios: [
      'tasks-lifecycle',
      'tasks-capability-negotiation',
      'tasks-wire-fields',
      'tasks-request-state-removal',
      'tasks-mrtr-input',
      'tasks-request-headers',
      'tasks-dispatch-and-envelope',
      'tasks-required-task-error',
      'tasks-mrtr-composition',
    ],
  },
  {
    mark: 'fixture',
    reason:
      'The scenario calls a tool, resource or prompt of the suite by its name. `basic` has none of them; `everything` has them all.',
    link: `${suite}/tree/main/src/scenarios/server`,
    examples: ['basic'],
    scenarios: [
      'completion-complete',
      'elicitation-sep1034-defaults',
      'elicitation-sep1330-enums',
      'http-custom-header-server-validation',
      'input-required-result-basic-elicitation',
      'input-required-result-basic-list-roots',
      'input-required-result-basic-sampling',
      'input-required-result-capability-check',
      'input-required-result-multi-round',
      'input-required-result-multiple-input-requests',
      'input-required-result-non-tool-request',
      'input-required-result-request-state',
      'input-required-result-result-type',
      'input-required-result-tampered-state',
      'json-schema-2020-12',
      'prompts-get-embedded-resource',
      'prompts-get-simple',
      'prompts-get-with-args',
      'prompts-get-with-image',
      'resources-read-binary',
      'resources-read-text',
      'resources-templates-read',
      'server-stateless:sep-2575-http-server-no-independent-requests-on-stream',
      'server-stateless:sep-2575-missing-capability-http-400',
      'server-stateless:sep-2575-server-no-log-without-loglevel',
      'server-stateless:sep-2575-server-rejects-undeclared-capability',
      'tools-call-audio',
      'tools-call-elicitation',
      'tools-call-embedded-resource',
      'tools-call-error',
      'tools-call-image',
      'tools-call-mixed-content',
      'tools-call-sampling',
      'tools-call-simple-text',
      'tools-call-with-progress',
    ],
  },
  {
    mark: 'undeclared',
    reason:
      'The scenario needs an optional capability. In `basic` nothing logs to the client and no resource changes, so it declares neither `logging` nor `resources.subscribe`.',
    link: 'https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle#capability-negotiation',
    examples: ['basic'],
    scenarios: [
      'logging-set-level',
      'resources-subscribe',
      'resources-unsubscribe',
      'tools-call-with-logging',
    ],
  },
];
