/** All cases, in the order in which they run. */
import { goodToken } from './accepted-tokens.js';
import { answersGroup } from './answers.js';
import type { Group } from './case.js';
import { credentialsGroup } from './credentials.js';
import { keysGroup } from './keys-in-use.js';
import { browsersGroup, challengeGroup, metadataGroup } from './published.js';
import { refusedClaims, refusedSignatures } from './refused-tokens.js';
import { requestsGroup } from './requests.js';
import { acceptedGroupCases, scopesGroup } from './scopes.js';
import { setupsGroup } from './setups.js';

export const suite: readonly Group[] = [
  challengeGroup,
  metadataGroup,
  {
    id: 'claims',
    title: 'What tokens say',
    cases: [goodToken, ...acceptedGroupCases, ...refusedClaims],
  },
  { id: 'signatures', title: 'The form and the signature of tokens', cases: refusedSignatures },
  scopesGroup,
  credentialsGroup,
  requestsGroup,
  browsersGroup,
  keysGroup,
  // They need the exchanges of all that was asked of this one server.
  answersGroup,
  setupsGroup,
];
