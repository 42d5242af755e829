import { describeUnknownName, formatValueBriefly, HarnessError } from '../../message/index.ts'

/** A word of the command line as data: an option or an argument. Commander, help, docs/cli.md and completions are built from it. */
interface Field<Value> {
  readonly name: string
  readonly description: string
  /** All values that are understood; help lists them, and completion offers them. */
  readonly choices?: readonly string[]
  /** Values that completion offers, among others that are understood. */
  readonly suggestions?: readonly string[]
  /** Reads what was given, in order; an empty list if nothing was. Throws `usage`. */
  read(texts: readonly string[]): Value
}

/** An option. Its `name` is the long name without dashes. */
export interface Option<Value> extends Field<Value> {
  /** The placeholder of its value: `file` in `--out <file>`. A flag has none. `file`, `folder` and `path` complete as such. */
  readonly value?: string
  /** Takes all words up to the next option: `--allow RunTask StopTask`. */
  readonly isVariadic?: boolean
  /** It may be given again: each time with one text, or with several and commas between. */
  readonly repeats?: 'text' | 'commas'
  readonly isRequired?: boolean
  /** The default as help shows it. */
  readonly default?: string
  /** Names of options that cannot be combined with this one. */
  readonly conflicts?: readonly string[]
}

/** An argument, in the order of the command line. Its `name` is its placeholder. */
export interface Argument<Value> extends Field<Value> {
  readonly isRequired: boolean
  /** Takes all words that are left. */
  readonly isMany: boolean
}

/** Options that take no value: absent is `false`. */
export function flag(
  name: string,
  description: string,
  { conflicts = [] }: { conflicts?: readonly string[] } = {},
): Option<boolean> {
  return { name, description, conflicts, read: (texts) => texts.length > 0 }
}

/** More that an option with a value may have. */
type Extras = Pick<Option<unknown>, 'choices' | 'suggestions' | 'conflicts'>

/** Options with one text; the last one given counts. */
export function text(
  name: string,
  value: string,
  description: string,
  extras: Extras = {},
): Option<string | undefined> {
  return { name, value, description, ...extras, read: (texts) => texts.at(-1) }
}

/** Options with one text that must be given. */
export function requiredText(
  name: string,
  value: string,
  description: string,
  extras: Extras = {},
): Option<string> {
  const read = (texts: readonly string[]) => {
    const given = texts.at(-1)
    if (given !== undefined) return given
    throw new HarnessError('usage', `The option --${name} is missing.`, {
      remedy: `Pass --${name} ${value.toUpperCase()}.`,
    })
  }
  return { name, value, description, isRequired: true, ...extras, read }
}

/** Options whose text is parsed. */
export function parsed<Value>(
  name: string,
  value: string,
  description: string,
  { parse, absent, shown }: { parse: Parse<Value>; absent: Value; shown?: string },
): Option<Value> {
  const read = (texts: readonly string[]) => {
    const given = texts.at(-1)
    return given === undefined ? absent : parse(given, `--${name}`)
  }
  return { name, value, description, ...(shown === undefined ? {} : { default: shown }), read }
}

/** Reads the value of an option; the second parameter names the option for messages. Throws `usage`. */
export type Parse<Value> = (text: string, option: string) => Value

/** Options with one of a few values, and a default. */
export function choice<const Choice extends string, const Absent extends Choice | undefined>(
  name: string,
  value: string,
  description: string,
  { choices, absent }: { choices: readonly Choice[]; absent: Absent },
): Option<Choice | Absent> {
  const parse = (given: string) => {
    const found = choices.find((known) => known === given)
    if (found !== undefined) return found
    throw describeUnknownName(value, given, choices, [['option', `--${name}`]])
  }
  const shown = absent === undefined ? {} : { shown: absent }
  return {
    ...parsed<Choice | Absent>(name, value, description, { parse, absent, ...shown }),
    choices,
  }
}

/** Options that may be given again, each time with one or more texts separated by commas. */
export function commaList(
  name: string,
  value: string,
  description: string,
  extras: Extras = {},
): Option<string[]> {
  return {
    name,
    value,
    description,
    repeats: 'commas',
    ...extras,
    read: (texts) => texts.flatMap((given) => given.split(',').filter(Boolean)),
  }
}

/** Options that may be given again, each time with one text, which may contain commas. */
export function repeatable(name: string, value: string, description: string): Option<string[]> {
  return {
    name,
    value,
    description,
    repeats: 'text',
    read: (texts) => [...texts],
  }
}

/** Options that take all words up to the next option. */
export function variadic(
  name: string,
  value: string,
  description: string,
  extras: Extras = {},
): Option<string[]> {
  return { name, value, description, isVariadic: true, ...extras, read: (texts) => [...texts] }
}

/** An argument that must be given. */
export function argument(
  name: string,
  description: string,
  extras: Pick<Extras, 'choices'> = {},
): Argument<string> {
  const read = ([given]: readonly string[]) => {
    if (given !== undefined) return given
    throw new HarnessError('usage', `The argument ${formatValueBriefly(name)} is missing.`)
  }
  return { name, description, isRequired: true, isMany: false, ...extras, read }
}

export function optionalArgument(name: string, description: string): Argument<string | undefined> {
  return { name, description, isRequired: false, isMany: false, read: ([given]) => given }
}

/** The last argument, of which at least one must be given. */
export function manyArguments(name: string, description: string): Argument<string[]> {
  return { name, description, isRequired: true, isMany: true, read: (texts) => [...texts] }
}

export function anyArguments(name: string, description: string): Argument<string[]> {
  return { ...manyArguments(name, description), isRequired: false }
}
