import { CommanderError } from 'commander'

import { allowClosedPipes, EXIT, printError } from './output/terminal.ts'
import type { Command } from './program/command.ts'
import { createProgram } from './program/program.ts'
import { loadCommands } from './program/registry.ts'

/** Runs the command line and sets the process's exit code; it never calls `process.exit`, which would cut piped output short. */
export async function main(argv: readonly string[]): Promise<void> {
  allowClosedPipes()
  try {
    process.exitCode = await run(argv)
  } catch (error) {
    process.exitCode =
      error instanceof CommanderError // help was printed, because it was asked for or because nothing was
        ? error.exitCode === 0
          ? EXIT.fine
          : EXIT.usage
        : printError(error)
  }
}

async function run(argv: readonly string[]): Promise<number> {
  const commands = await loadCommands(argv[0])
  const { own, command } = splitCommand(
    argv,
    commands.map((one) => one.command),
  )
  let code: number = EXIT.fine
  const program = createProgram(commands, async (found, given) => {
    code = await found.run({ ...given, command, loadAll })
  })
  await program.parseAsync([...own], { from: 'user' })
  return code
}

async function loadAll(): Promise<Command[]> {
  return (await loadCommands(undefined)).map(({ command }) => command)
}

/** Splits off the words after `--` for commands that run them; for others these are arguments. */
function splitCommand(
  argv: readonly string[],
  commands: readonly Command[],
): { own: readonly string[]; command: readonly string[] } {
  const separator = argv.indexOf('--')
  const asked = findCommand(argv.slice(0, Math.max(0, separator)), commands)
  if (asked?.takesCommand !== true) return { own: argv, command: [] }
  return { own: argv.slice(0, separator), command: argv.slice(separator + 1) }
}

function findCommand(
  [name, ...rest]: readonly string[],
  commands: readonly Command[],
): Command | undefined {
  const found = commands.find((command) => command.name === name)
  return found && found.commands.length > 0 ? findCommand(rest, found.commands) : found
}
