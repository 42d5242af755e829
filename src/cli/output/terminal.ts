import { styleText } from 'node:util'

import { escapeControls, HarnessError, isHarnessError } from '../../message/index.ts'

/** What a run of the command may end with. */
export const EXIT = {
  fine: 0,
  failed: 1,
  usage: 2,
  environment: 3,
  interrupted: 130,
  terminated: 143,
} as const

/** Writes data: what a pipe wants. */
export function printData(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Lets a reader that has seen enough go away: `starttask check … | head -1` is no error. */
export function allowClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
}

/** Writes a line that begins with a heading, bold on a terminal that shows colours. */
export function printHeading(heading: string, text: string): void {
  printData(`${styleText('bold', heading, { stream: process.stdout })} ${escapeControls(text)}`)
}

/** Writes what the command was asked for, as text for a person. Foreign text in it is made safe to print. */
export function printText(text: string): void {
  printData(disarm(text))
}

/** Tells a person what goes on; to standard error, so that data stays clean. Foreign text in it is made safe to print. */
export function printNotice(text: string): void {
  process.stderr.write(`${disarm(text)}\n`)
}

/** Without what steers a terminal, and with no line in which GitHub Actions would read a command (`::` first, `##[` anywhere). */
function disarm(text: string): string {
  return escapeControls(text)
    .replaceAll('##[', '\\u0023#[')
    .replaceAll(/^(\s*):(?=:)/gm, '$1\\u003a')
}

/** Tells of an error as fact, place and remedy, without code and stack unless `STARTTASK_DEBUG` is set; gives the exit code that it means. */
export function printError(error: unknown): number {
  const isOurs = isHarnessError(error)
  const message = error instanceof Error ? error.message : String(error)
  printNotice(
    isOurs
      ? `error: ${message}`
      : `error: starttask failed unexpectedly: ${message}\n  remedy     set STARTTASK_DEBUG=1 for the stack, and report it`,
  )
  if (process.env['STARTTASK_DEBUG'] && error instanceof Error)
    printNotice(`${isOurs ? `  code       ${error.code}\n` : ''}${error.stack ?? ''}`)
  if (!isOurs) return EXIT.failed
  return error.code === 'usage' || error.code === 'upstream-required'
    ? EXIT.usage
    : EXIT.environment
}

/** Reads a port from an option's text. Throws `usage`. */
export function parsePort(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new HarnessError(
    'usage',
    `The port is ${JSON.stringify(text)}; a number from 0 to 65535 is needed.`,
  )
}

/** Reads whole numbers from 0 from an option's text. Throws `usage`. */
export function parseCountOf(option: string): (text: string) => number {
  return (text) => {
    if (/^\d{1,15}$/.test(text)) return Number(text)
    throw new HarnessError(
      'usage',
      `${option} is ${JSON.stringify(text)}; a whole number from 0 is needed.`,
    )
  }
}

/** Resolves with the exit code of the signal that ends the run. */
export function waitForSignal(): Promise<number> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve(EXIT.interrupted))
    process.once('SIGTERM', () => resolve(EXIT.terminated))
  })
}
