/** The file of a project that holds secrets: for its owner's eyes only, and never replaced. */
export const secretFile = '.env';
