import { Argument, Command as Program, type CommanderError, Option } from 'commander'

import { describeUnknownName, HarnessError } from '../../message/index.ts'
import { VERSION } from '../../package/index.ts'
import type * as options from '../options/option.ts'
import type { Command, Given } from './command.ts'
import type { ListedCommand } from './registry.ts'

/** Help is at most so wide: longer lines are hard to read. */
const WIDEST = 100

/** The examples of the program's own help. */
const EXAMPLES = [
  'starttask demo',
  'starttask replay recordings/started -- npm test',
  'starttask check recordings/',
]

const HELP_COMMAND = ['help [command]', 'Print the help of a command'] as const

/** Runs a command with what was given for it. */
type Run = (command: Command, given: Pick<Given, 'arguments' | 'options'>) => Promise<void>

/**
 * Builds the commander program of some commands. Its errors are HarnessErrors; a CommanderError only says that help was printed.
 *
 * @param columns the width of the terminal for help
 */
export function createProgram(
  commands: readonly ListedCommand[],
  run: Run,
  columns = process.stdout.columns || WIDEST,
): Program {
  const width = Math.min(columns, WIDEST)
  const program = new Program('starttask')
    .description('Record, check and replay Amazon ECS StartTask exchanges.')
    .version(VERSION, '-V, --version', 'Print the version')
    .commandsGroup('Set-up:')
    .helpCommand(...HELP_COMMAND)
  setUp(program, EXAMPLES, width)
  for (const { heading, command } of commands)
    program.addCommand(createCommand(command, run, width).helpGroup(`${heading}:`))
  return program
}

function createCommand(command: Command, run: Run, width: number): Program {
  const { name, summary, details, examples, commands } = command
  const program = new Program(name)
    .summary(summary)
    .description(details === undefined ? `${summary}.` : `${summary}. ${details}`)
  setUp(program, examples, width)
  for (const below of commands) program.addCommand(createCommand(below, run, width))
  if (commands.length > 0) return program.helpCommand(...HELP_COMMAND)
  for (const argument of command.arguments) program.addArgument(createArgument(argument))
  const given = new Map<string, string[]>()
  for (const option of command.options) {
    program.addOption(createOption(option))
    program.on(`option:${option.name}`, (text: unknown) => {
      given.set(option.name, [
        ...(given.get(option.name) ?? []),
        typeof text === 'string' ? text : '',
      ])
    })
  }
  return program.action(() =>
    run(command, { arguments: program.processedArgs.map(listTexts), options: given }),
  )
}

function setUp(program: Program, examples: readonly string[], helpWidth: number): void {
  program
    .helpOption('-h, --help', 'Print this help')
    .addHelpText('after', `\nExamples:\n${examples.map((example) => `  ${example}`).join('\n')}`)
    .configureHelp({ helpWidth, subcommandTerm: (command) => command.name() })
    .configureOutput({ outputError: () => {} }) // main prints errors
    .exitOverride((error) => {
      throw describeError(error, program)
    })
}

function createArgument({ isRequired, ...argument }: options.Argument<unknown>): Argument {
  const placeholder = `${argument.name}${argument.isMany ? '...' : ''}`
  return new Argument(
    isRequired ? `<${placeholder}>` : `[${placeholder}]`,
    argument.description + formatHints(argument),
  )
}

function createOption(option: options.Option<unknown>): Option {
  return new Option(formatFlags(option), option.description + formatHints(option))
}

/** How help spells an option: `--out <file>`. */
export function formatFlags({ name, value, isVariadic }: options.Option<unknown>): string {
  return `--${name}${value === undefined ? '' : ` <${value}${isVariadic ? '...' : ''}>`}`
}

function formatHints({
  isRequired,
  repeats,
  choices,
  default: absent,
}: Pick<options.Option<unknown>, 'isRequired' | 'repeats' | 'choices' | 'default'>): string {
  const hints = [
    ...(isRequired === true ? ['required'] : []),
    ...(repeats === 'commas' ? ['comma-separated'] : []),
    ...(repeats === undefined ? [] : ['repeatable']),
    ...(choices === undefined ? [] : [`choices: ${choices.join(', ')}`]),
    ...(absent === undefined ? [] : [`default: ${absent}`]),
  ]
  return hints.length === 0 ? '' : ` (${hints.join('; ')})`
}

function listTexts(argument: unknown): string[] {
  const texts: readonly unknown[] = Array.isArray(argument) ? argument : [argument]
  return texts.filter((text) => typeof text === 'string')
}

/** Words an error of commander as this project words its errors; that help was printed stays a CommanderError. */
function describeError(error: CommanderError, program: Program): Error {
  const [, quoted = ''] = /'(.*)'/s.exec(error.message) ?? []
  const path = formatPath(program)
  const help = { remedy: `${path} --help` }
  switch (error.code) {
    case 'commander.unknownOption':
      return describeUnknownName('option', quoted.replace(/=.*/s, ''), listOptions(program), [
        ['command', path],
      ])
    case 'commander.unknownCommand':
      return describeUnknownName(
        'command',
        quoted,
        program.commands.map((command) => command.name()),
        [['command', path]],
      )
    case 'commander.missingArgument':
      return new HarnessError('usage', `The argument <${quoted}> is missing.`, help)
    case 'commander.optionMissingArgument':
      return new HarnessError('usage', `The option ${quoted} has no value.`, help)
    case 'commander.excessArguments':
      return new HarnessError(
        'usage',
        `Too many arguments: ${program.args.length}, and at most ${program.registeredArguments.length} can be given.`,
        help,
      )
    default:
      return error
  }
}

function formatPath(program: Program): string {
  return program.parent ? `${formatPath(program.parent)} ${program.name()}` : program.name()
}

function listOptions(program: Program): string[] {
  const own = program.options.flatMap(({ long }) => long ?? [])
  return [...own, '--help']
}
