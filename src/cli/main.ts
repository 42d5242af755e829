import { Command, CommanderError } from '@commander-js/extra-typings'

import { VERSION } from '../package/index.ts'
import { addCompose } from './commands/compose/command.ts'
import { addCheck, addCoverage, addDrift, addProvider } from './contract-commands.ts'
import { addDemo, addRecord, addRecover } from './record-commands.ts'
import { addIncident } from './incident/commands.ts'
import {
  addArchive,
  addExport,
  addImport,
  addPropose,
  addRedact,
  addScan,
} from './recording-commands.ts'
import { formatExamples } from './examples.ts'
import { addFormat } from './commands/format/command.ts'
import { addInspect } from './commands/inspect/command.ts'
import { addPact } from './pact/commands.ts'
import { addExplain, addPrune, addReplay } from './replay-commands.ts'
import { addDoctor, addInit } from './setup-commands.ts'
import { allowClosedPipes, EXIT, printNotice, printError } from './output/terminal.ts'

/** Runs the command line and sets the process's exit code; it never calls `process.exit`, which would cut piped output short. */
export async function main(argv: readonly string[]): Promise<void> {
  allowClosedPipes()
  try {
    process.exitCode = await run(argv)
  } catch (error) {
    process.exitCode =
      error instanceof CommanderError
        ? error.exitCode === 0
          ? EXIT.fine
          : EXIT.usage
        : printError(error)
  }
}

async function run(argv: readonly string[]): Promise<number> {
  const { own, command } = splitCommand(argv)
  let code: number = EXIT.fine
  const finish = (result: number) => {
    code = result
  }
  await createProgram(own[0], command, finish).parseAsync([...own], { from: 'user' })
  return code
}

const TAKES_COMMAND = ['record', 'replay', 'incident']

/** For `record`, `replay` and `incident`, what stands after `--` is a command to run; elsewhere it is operands, as everywhere. */
function splitCommand(argv: readonly string[]): { own: readonly string[]; command: string[] } {
  const separator = argv.indexOf('--')
  if (separator === -1 || !TAKES_COMMAND.includes(argv[0] ?? '')) return { own: argv, command: [] }
  return { own: argv.slice(0, separator), command: argv.slice(separator + 1) }
}

type Finish = (code: number) => void

/** All commands, in the order in which help lists them, and what makes each known to the program. */
const COMMANDS: ReadonlyMap<string, (program: Command, finish: Finish, command: string[]) => void> =
  new Map([
    ['init', addInit],
    ['demo', addDemo],
    [
      'record',
      (program: Command, finish: Finish, command: string[]) => addRecord(program, command, finish),
    ],
    [
      'replay',
      (program: Command, finish: Finish, command: string[]) => addReplay(program, command, finish),
    ],
    ['inspect', addInspect],
    ['compose', addCompose],
    ['format', addFormat],
    ['explain', addExplain],
    ['prune', addPrune],
    ['check', addCheck],
    ['coverage', addCoverage],
    ['drift', addDrift],
    ['pact', addPact],
    ['provider', addProvider],
    ['recover', addRecover],
    ['scan', addScan],
    ['import', addImport],
    ['export', addExport],
    [
      'incident',
      (program: Command, finish: Finish, command: string[]) =>
        addIncident(program, command, finish),
    ],
    ['archive', addArchive],
    ['redact', addRedact],
    ['propose', addPropose],
    ['doctor', addDoctor],
  ])

/** With the one command that was asked for; with all of them for help, and for a name that is none, which may be nearly one. */
function createProgram(asked: string | undefined, command: string[], finish: Finish): Command {
  const program = new Command('starttask')
    .description('Record, check and replay Amazon ECS StartTask exchanges.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({ outputError: (text) => printNotice(text.trimEnd()) }) // an argument may be the name of a file that somebody else chose
    .showHelpAfterError('(starttask --help shows the commands)')
    .addHelpText(
      'before',
      formatExamples(
        'starttask demo',
        'starttask replay recordings/started -- npm test',
        'starttask check recordings/',
      ),
    )
  const add = asked === undefined ? undefined : COMMANDS.get(asked)
  for (const each of add ? [add] : COMMANDS.values()) each(program, finish, command)
  return program
}
