import { describeUnknownName } from '../../../message/index.ts'
import { EXIT, printData } from '../../output/terminal.ts'
import type { Command } from '../../program/command.ts'
import { formatBash } from './bash.ts'
import { listPlaces, type Place } from './places.ts'
import { formatFish } from './fish.ts'
import { formatZsh } from './zsh.ts'

/** The completion script of each shell, from all commands. */
const SHELLS: ReadonlyMap<string, (places: readonly Place[]) => string> = new Map([
  ['bash', formatBash],
  ['zsh', formatZsh],
  ['fish', formatFish],
])

/** Prints the completion script of a shell; returns the exit code. */
export function completion(shell: string, commands: readonly Command[]): number {
  const format = SHELLS.get(shell)
  if (format === undefined) throw describeUnknownName('shell', shell, SHELLS.keys())
  printData(format(listPlaces(commands)))
  return EXIT.fine
}
