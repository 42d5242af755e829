import { HarnessError } from '../../message/index.ts'
import type { Argument, Option } from '../options/option.ts'

/** A command as data. Commander, help, docs/cli.md and completions are built from it. */
export interface Command {
  readonly name: string
  /** An imperative sentence of at most 60 characters, without a full stop. */
  readonly summary: string
  /** More sentences, which only the help of this command shows. */
  readonly details?: string
  readonly arguments: readonly Argument<unknown>[]
  readonly options: readonly Option<unknown>[]
  readonly examples: readonly string[]
  /** Words after `--` are a command that it runs. */
  readonly takesCommand: boolean
  /** The commands below a group; a group only prints its help. */
  readonly commands: readonly Command[]
  /** Runs it and returns the exit code. Throws `usage`. */
  run(given: Given): Promise<number>
}

/** The words of a command line, not yet read. */
export interface Given {
  /** In the order of the arguments. */
  arguments: readonly (readonly string[])[]
  /** By name; a flag that was given has `['']`. */
  options: ReadonlyMap<string, readonly string[]>
  /** The words after `--`. */
  command: readonly string[]
  /** Loads every command, for the one that describes all of them. */
  loadAll(): Promise<readonly Command[]>
}

type Fields = Readonly<Record<string, { read(texts: readonly string[]): unknown }>>

/** The values of options and arguments, by the names that `run` gives them. */
type Values<F extends Fields> = { [Name in keyof F]: ReturnType<F[Name]['read']> }

/** How a command describes itself, in the order in which help shows it. */
interface Description<
  Arguments extends Readonly<Record<string, Argument<unknown>>>,
  Options extends Readonly<Record<string, Option<unknown>>>,
> {
  name: string
  summary: string
  details?: string
  takesCommand?: boolean
  arguments: Arguments
  options: Options
  examples: readonly [string, ...string[]]
  /** Loads the implementation and runs it: help must not load it. */
  run(
    values: Values<Arguments> & Values<Options> & { command: string[] },
    loadAll: Given['loadAll'],
  ): Promise<number>
}

/** Makes a command of its description. `run` receives the values under the keys of `arguments` and `options`. */
export function defineCommand<
  Arguments extends Readonly<Record<string, Argument<unknown>>>,
  Options extends Readonly<Record<string, Option<unknown>>>,
>(description: Description<Arguments, Options>): Command {
  const { takesCommand = false, ...rest } = description
  const argumentKeys = Object.keys(description.arguments)
  const byKey: Readonly<Record<string, Option<unknown>>> = description.options
  const allOptions = Object.values(byKey)
  return {
    ...rest,
    takesCommand,
    arguments: Object.values<Argument<unknown>>(description.arguments),
    options: allOptions,
    commands: [],
    run: async (given) => {
      refuseConflicts(allOptions, given)
      const values = {
        ...readValues(description.arguments, (key) => given.arguments[argumentKeys.indexOf(key)]),
        ...readValues(description.options, (key) => given.options.get(byKey[key]?.name ?? '')),
        command: [...given.command],
      }
      return description.run(values, () => given.loadAll())
    },
  }
}

/** Makes a command that only groups others. */
export function defineGroup(
  description: Pick<Command, 'name' | 'summary' | 'details' | 'examples' | 'commands'>,
): Command {
  return {
    ...description,
    takesCommand: false,
    arguments: [],
    options: [],
    run: async () => {
      throw new HarnessError('usage', `${description.name} needs a command.`)
    },
  }
}

function readValues<F extends Fields>(
  fields: F,
  find: (key: string) => readonly string[] | undefined,
): Values<F> {
  const values: Record<string, unknown> = {}
  for (const [key, field] of Object.entries(fields)) values[key] = field.read(find(key) ?? [])
  if (hasAll(values, fields)) return values
  throw new TypeError('A field has no value.')
}

/** Narrows what {@link readValues} has built: each value comes from `read` of the field of its name. */
function hasAll<F extends Fields>(values: object, fields: F): values is Values<F> {
  return Object.keys(fields).every((key) => key in values)
}

function refuseConflicts(options: readonly Option<unknown>[], given: Given): void {
  for (const { name, conflicts = [] } of options) {
    const other = given.options.has(name) && conflicts.find((one) => given.options.has(one))
    if (other !== false && other !== undefined)
      throw new HarnessError('usage', `--${name} and --${other} cannot be combined.`, {
        remedy: 'Pass one of them.',
      })
  }
}
