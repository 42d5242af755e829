import type { Command } from '../../program/command.ts'

/** How a value is completed: with these words, with names of files or folders, or not at all. */
export type Completion = { words: readonly string[] } | 'file' | 'folder' | 'none'

export interface CompletedOption {
  /** With its dashes. */
  name: string
  description: string
  /** The placeholder of its value; absent for a flag. */
  value?: string
  completion: Completion
  isRepeatable: boolean
}

/** A place on the command line, and what can follow there. */
export interface Place {
  /** The names of commands up to here, joined by spaces; empty after `starttask`. */
  path: string
  commands: readonly { name: string; description: string }[]
  options: readonly CompletedOption[]
  arguments: readonly { name: string; completion: Completion; isMany: boolean }[]
  /** Words after `--` are a command. */
  takesCommand: boolean
}

const HELP: CompletedOption = {
  name: '--help',
  description: 'Print help',
  completion: 'none',
  isRepeatable: false,
}
const VERSION: CompletedOption = { ...HELP, name: '--version', description: 'Print the version' }

/** Lists the program itself, then each command and those below it. */
export function listPlaces(commands: readonly Command[]): Place[] {
  const start: Place = {
    path: '',
    commands: [...commands.map(describeCommand), { name: 'help', description: 'Print help' }],
    options: [VERSION, HELP],
    arguments: [],
    takesCommand: false,
  }
  return [start, ...commands.flatMap((command) => listFrom('', command))]
}

function listFrom(above: string, command: Command): Place[] {
  const path = `${above} ${command.name}`.trimStart()
  const place: Place = {
    path,
    commands: command.commands.map(describeCommand),
    options: [...command.options.map(describeOption), HELP],
    arguments: command.arguments.map(({ name, choices, isMany }) => ({
      name,
      completion: choices === undefined ? 'file' : { words: choices },
      isMany,
    })),
    takesCommand: command.takesCommand,
  }
  return [place, ...command.commands.flatMap((below) => listFrom(path, below))]
}

function describeCommand({ name, summary }: Command): { name: string; description: string } {
  return { name, description: summary }
}

function describeOption({
  name,
  description,
  value,
  choices,
  suggestions = choices,
  isVariadic = false,
  repeats,
}: Command['options'][number]): CompletedOption {
  return {
    name: `--${name}`,
    description,
    ...(value === undefined ? {} : { value }),
    completion: suggestions === undefined ? completeByPlaceholder(value) : { words: suggestions },
    isRepeatable: isVariadic || repeats !== undefined,
  }
}

function completeByPlaceholder(value: string | undefined): Completion {
  if (value === 'file' || value === 'path') return 'file'
  return value === 'folder' ? 'folder' : 'none'
}
