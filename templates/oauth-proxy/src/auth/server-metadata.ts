// What discovery looks for: in this mode the provider is one that this server is a client of.
export { metadataShape } from '../upstream/server-metadata.js';
