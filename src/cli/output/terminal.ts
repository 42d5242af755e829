import { styleText } from 'node:util'

import {
  describeReason,
  escapeForTerminal,
  formatDetail,
  formatMessage,
  isHarnessError,
} from '../../message/index.ts'

/** The exit codes of the command. */
export const EXIT = {
  fine: 0,
  failed: 1,
  usage: 2,
  environment: 3,
  interrupted: 130,
  terminated: 143,
} as const

/** Writes data to standard output, for a pipe. */
export function printData(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Ignores a reader that closes its end of the pipe: `starttask check … | head -1` is not an error. */
export function allowClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
}

/** Writes a line that begins with a heading, bold on a terminal that shows colours. */
export function printHeading(heading: string, text: string): void {
  printData(`${styleText('bold', heading, { stream: process.stdout })} ${escapeForTerminal(text)}`)
}

/** Writes the result of a command as text for a person, escaped for a terminal. */
export function printText(text: string): void {
  printData(escapeForTerminal(text))
}

/** Writes text for a person to standard error, escaped for a terminal, so that standard output holds only data. */
export function printNotice(text: string): void {
  process.stderr.write(`${escapeForTerminal(text)}\n`)
}

/** Prints an error without its code and stack, unless `STARTTASK_DEBUG` is set. Returns the exit code. */
export function printError(error: unknown): number {
  const isOurs = isHarnessError(error)
  const message = describeReason(error)
  printNotice(
    isOurs
      ? `error: ${message}`
      : formatMessage({
          summary: `error: starttask failed unexpectedly: ${message}`,
          remedy: 'set STARTTASK_DEBUG=1 for the stack, and report it',
        }),
  )
  if (process.env['STARTTASK_DEBUG'] && error instanceof Error) {
    if (isOurs) printNotice(formatDetail('code', error.code))
    printNotice(error.stack ?? '')
  }
  if (!isOurs) return EXIT.failed
  return error.code === 'usage' || error.code === 'upstream-required'
    ? EXIT.usage
    : EXIT.environment
}

/** Resolves with the exit code of the signal that ends the run. */
export function waitForSignal(): Promise<number> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve(EXIT.interrupted))
    process.once('SIGTERM', () => resolve(EXIT.terminated))
  })
}
