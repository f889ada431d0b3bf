// Preloaded into a server (NODE_OPTIONS=--import): the websites where MCP clients publish their
// metadata documents, which have to be public and https.
import dns from 'node:dns/promises';
import { syncBuiltinESMExports } from 'node:module';

/** By address. */
const documents = JSON.parse(process.env.TEST_CLIENT_DOCUMENTS ?? '{}');
const hosts = Object.keys(documents).map((url) => new URL(url).hostname);
const { fetch } = globalThis;
const { lookup } = dns;

globalThis.fetch = async (input, init) => {
  const document = documents[String(input)];
  return document === undefined ? fetch(input, init) : Response.json(document);
};
dns.lookup = async (hostname, options) =>
  hosts.includes(hostname) ? [{ address: '93.184.215.14', family: 4 }] : lookup(hostname, options);
syncBuiltinESMExports();
