import { ProtocolError, ProtocolErrorCode, ResourceTemplate } from '@modelcontextprotocol/server';
import type { Resource } from '../resource.js';

/** Ids that are suggested while somebody types one. */
const known = ['1', '12', '123'];

/**
 * A template: one definition for as many resources as there are ids. `list` could name those that
 * exist; `complete` suggests values for what stands in braces.
 */
export const recordTemplate: Resource = {
  register(server) {
    server.registerResource(
      'record',
      new ResourceTemplate('test://template/{id}/data', {
        list: undefined,
        complete: { id: (typed) => known.filter((id) => id.startsWith(typed)) },
      }),
      {
        title: 'A record',
        description: 'The record with an id, a number.',
        mimeType: 'application/json',
      },
      (uri, { id }) => {
        // What a template matches is the caller's text, to be checked like any other input.
        if (!/^\d+$/.test(String(id))) {
          throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'Resource not found', {
            uri: uri.href,
          });
        }
        const text = JSON.stringify({ id, data: `The data of record ${id}` });
        return { contents: [{ uri: uri.href, mimeType: 'application/json', text }] };
      },
    );
  },
};
