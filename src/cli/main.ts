import { Command, CommanderError } from '@commander-js/extra-typings'

import { VERSION } from '../version.ts'
import { addCompose } from './compose-command.ts'
import { addCheck, addCoverage, addDrift, addProvider } from './contract-commands.ts'
import { addDemo, addRecord, addRecover } from './record-commands.ts'
import { addIncident } from './incident-commands.ts'
import { addArchive, addExport, addImport, addPropose, addRedact, addScan } from './recording-commands.ts'
import { formatExamples } from './examples.ts'
import { addFormat } from './format-command.ts'
import { addInspect } from './inspect-command.ts'
import { addPact } from './pact-commands.ts'
import { addExplain, addPrune, addReplay } from './replay-commands.ts'
import { allowClosedPipes, EXIT, tellError } from './terminal.ts'

/** Runs the command line and sets the process's exit code; it never calls `process.exit`, which would cut piped output short. */
export async function main(argv: readonly string[]): Promise<void> {
  allowClosedPipes()
  try {
    process.exitCode = await run(argv)
  } catch (error) {
    process.exitCode = error instanceof CommanderError ? (error.exitCode === 0 ? EXIT.fine : EXIT.usage) : tellError(error)
  }
}

async function run(argv: readonly string[]): Promise<number> {
  const { own, command } = splitCommand(argv)
  let code: number = EXIT.fine
  const finish = (result: number) => {
    code = result
  }
  await createProgram(command, finish).parseAsync([...own], { from: 'user' })
  return code
}

const TAKES_COMMAND = ['record', 'replay', 'incident']

/** For `record`, `replay` and `incident`, what stands after `--` is a command to run; elsewhere it is operands, as everywhere. */
function splitCommand(argv: readonly string[]): { own: readonly string[]; command: string[] } {
  const separator = argv.indexOf('--')
  if (separator === -1 || !TAKES_COMMAND.includes(argv[0] ?? '')) return { own: argv, command: [] }
  return { own: argv.slice(0, separator), command: argv.slice(separator + 1) }
}

function createProgram(command: string[], finish: (code: number) => void): Command {
  const program = new Command('starttask')
    .description('Record, check and replay Amazon ECS StartTask exchanges.')
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('(starttask --help shows the commands)')
    .addHelpText(
      'before',
      formatExamples('starttask demo', 'starttask replay recordings/started -- npm test', 'starttask check recordings/'),
    )
  addDemo(program, finish)
  addRecord(program, command, finish)
  addReplay(program, command, finish)
  addExplain(program, finish)
  addPrune(program, finish)
  addCheck(program, finish)
  addCoverage(program, finish)
  addDrift(program, finish)
  addPact(program, finish)
  addProvider(program, finish)
  addRecover(program, finish)
  addScan(program, finish)
  addImport(program, finish)
  addExport(program, finish)
  addIncident(program, command, finish)
  addArchive(program, finish)
  addRedact(program, finish)
  addPropose(program, finish)
  addInspect(program, finish)
  addCompose(program, finish)
  addFormat(program, finish)
  return program
}
