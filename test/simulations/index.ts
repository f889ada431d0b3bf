/** The simulated providers, by the id of their preset. */
import type { Simulation } from '../support/simulation-data.js';
import { auth0 } from './auth0.js';
import { authentik } from './authentik.js';
import { betterAuth } from './better-auth.js';
import { clerk } from './clerk.js';
import { cognito } from './cognito.js';
import { descope } from './descope.js';
import { entra } from './entra.js';
import { github } from './github.js';
import { google } from './google.js';
import { keycloak } from './keycloak.js';
import { logto } from './logto.js';
import { oidc } from './oidc.js';
import { okta } from './okta.js';
import { onelogin } from './onelogin.js';
import { ping } from './ping.js';
import { propelauth } from './propelauth.js';
import { sap } from './sap.js';
import { scalekit } from './scalekit.js';
import { stytch } from './stytch.js';
import { supabase } from './supabase.js';
import { workos } from './workos.js';
import { zitadel } from './zitadel.js';

/** One for every preset: test/simulations/simulations.test.ts compares the ids. */
export const simulations: Readonly<Record<string, Simulation>> = {
  oidc,
  auth0,
  entra,
  clerk,
  keycloak,
  okta,
  google,
  github,
  workos,
  sap,
  cognito,
  descope,
  scalekit,
  stytch,
  supabase,
  logto,
  zitadel,
  authentik,
  propelauth,
  ping,
  onelogin,
  'better-auth': betterAuth,
};
