/** A version of each supported line of Node; the first is what package.json asks for at least. */
export const nodeVersions = ['20.19.0', '22', '24'];
