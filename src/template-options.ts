/** How templates are compiled, by the build as well as by the command. */
export const templateOptions = {
  /** What is not defined is an error. */
  strict: true,
  /** Not for HTML. */
  noEscape: true,
  knownHelpersOnly: true,
} as const satisfies CompileOptions;
