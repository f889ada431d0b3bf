/** Broken servers and providers: one fault each, and the identifier that it must be told by. */
import { endpointFaults } from './endpoint.js';
import type { Fault } from './fault.js';
import { providerFaults } from './provider.js';
import { registrationFaults } from './registration.js';
import { resourceFaults } from './resource.js';

export const faults: readonly Fault[] = [
  ...endpointFaults,
  ...resourceFaults,
  ...providerFaults,
  ...registrationFaults,
];
