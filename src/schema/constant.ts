/** What is printed is never changed: a type, and all it holds, without the right to write. */
export type Constant<Value> = Value extends string | number | boolean | null | undefined
  ? Value
  : { readonly [Key in keyof Value]: Constant<Value[Key]> };
