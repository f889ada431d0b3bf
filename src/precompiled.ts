/**
 * The templates that the build has compiled, by their text: of a template that has changed since,
 * nothing is found. Here there are none; scripts/build.ts puts them in the place of this module.
 */
export type Precompiled = ReadonlyMap<string, TemplateSpecification>;

export const precompiled: Precompiled = new Map();
