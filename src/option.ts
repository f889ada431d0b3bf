/** What a command and its options consist of: the rows of src/grammar.ts. */

/** One option. Its key in the table is what the parser calls it: `authMode` for `--auth-mode`. */
export interface OptionRow {
  /** `--no-…` is a switch that is on unless it is given. */
  readonly name: `--${string}`;
  readonly short?: `-${string}`;
  /** What a value is called in --help; absent: the option is a switch. */
  readonly value?: string;
  /** Whether several may be given. */
  readonly repeatable?: true;
  /** What --help says, without a full stop. */
  readonly help: string;
  /** The same of `--no-…`: the switch has a third state, in which neither was given. */
  readonly opposite?: string;
  /** All there are, the default first if it is among them. */
  readonly choices?: readonly string[];
  /** What every value looks like, for the schema; the command may ask for more. */
  readonly pattern?: string;
  /** What happens without the option: one of the choices, or words for --help. */
  readonly usual?: string;
}

type OptionTable = Readonly<Record<string, OptionRow>>;

interface ArgumentRow {
  readonly name: string;
  readonly help: string;
}

/** One command; that without a name scaffolds. */
export interface CommandRow {
  /** What it does: a line for --help, without a full stop. */
  readonly summary: string;
  readonly argument?: ArgumentRow;
  /** A second one. */
  readonly subject?: ArgumentRow;
  /** Any number of words after `--`: they may look like options. */
  readonly rest?: ArgumentRow;
  readonly options: OptionTable;
  /** What --help says at its end. */
  readonly remark?: string;
  /** Why there are not more arguments: a sentence. */
  readonly single: string;
  /** Why the options of scaffolding do not go with it: a sentence. */
  readonly foreign?: string;
}

/** The keys of options that are absent from flags unless they were given. */
type OpenKey<Table extends OptionTable> = {
  [Key in keyof Table]: Table[Key] extends { value: string } | { opposite: string } ? Key : never;
}[keyof Table];

type FlagValue<Row extends OptionRow> = Row extends { repeatable: true }
  ? readonly string[]
  : Row extends { value: string }
    ? string
    : boolean;

/** What is known after parsing: the argument and the options by key, unchecked; never `json`. */
export type FlagsOf<Row extends CommandRow> = {
  readonly [Key in NonNullable<Row['argument']>['name']]?: string;
} & {
  readonly [Key in Row extends { subject: { name: infer Name extends string } }
    ? Name
    : never]?: string;
} & {
  readonly [Key in Row extends { rest: { name: infer Name extends string } }
    ? Name
    : never]?: readonly string[];
} & {
  readonly [Key in OpenKey<Row['options']>]?: FlagValue<Row['options'][Key]>;
} & {
  readonly [Key in Exclude<keyof Row['options'], OpenKey<Row['options']> | 'json'>]: boolean;
};

/** The whole of an option as --help shows it: `-y, --yes`, `--set <name=value>`. */
export function spellOption({ name, short, value }: OptionRow): string {
  const long = value === undefined ? name : `${name} <${value}>`;
  return short === undefined ? long : `${short}, ${long}`;
}

// A list that is longer has a command of its own.
const listed = 6;

/** What --help says of an option: its choices and its default, too. */
export function explainOption({ help, choices = [], usual }: OptionRow): string {
  const list = choices.length === 0 || choices.length > listed ? '' : `: ${choices.join(', ')}`;
  return `${help}${list}${usual === undefined ? '' : ` (default: ${usual})`}`;
}
