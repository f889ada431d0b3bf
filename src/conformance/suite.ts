/** All cases, in the order in which they run. */
import { goodToken } from './accepted-tokens.js';
import { answersGroup } from './answers.js';
import { browsersGroup } from './browsers.js';
import type { Group } from './case.js';
import { challengeGroup } from './challenge.js';
import { credentialsGroup } from './credentials.js';
import { keysGroup } from './keys-in-use.js';
import { metadataGroup } from './metadata.js';
import { refusedClaims } from './refused-claims.js';
import { refusedSignatures } from './refused-signatures.js';
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
