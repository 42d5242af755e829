import { statSync } from 'node:fs'

import { createProgress, isAnimated, type Progress } from './progress.ts'
import { EXIT } from './terminal.ts'

/** The progress of work that a signal may end at any time. */
export interface LongWork extends Progress {
  /** Clears the line; from then on signals are somebody else's. */
  end(): void
}

/**
 * A progress line for work that takes its time; off a terminal, in CI and on one that is dumb it shows nothing. SIGINT and SIGTERM take the line
 * away and end the process with 130 or 143; who has something half written takes it away when the process ends.
 *
 * @param inputs what is read: while it waits for a pipe by its name Node.js cannot exit, so that the signal itself has to end it
 */
export function startProgress(inputs: readonly string[]): LongWork {
  const progress = createProgress({
    stream: process.stderr,
    now: Date.now,
    isShown: isAnimated(process.stderr, process.env),
  })
  const off = () => {
    progress.clear()
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', terminate)
  }
  const stop = (signal: NodeJS.Signals, code: number) => () => {
    off()
    if (!inputs.some(mayBlock)) process.exit(code) // the work does not listen to anyone: it would go on
    process.emit('exit', code)
    process.kill(process.pid, signal)
  }
  const [interrupt, terminate] = [
    stop('SIGINT', EXIT.interrupted),
    stop('SIGTERM', EXIT.terminated),
  ]
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', terminate)
  return { ...progress, end: off }
}

/** Pipes and devices; `-` is read in another way. */
function mayBlock(path: string): boolean {
  const found = path === '-' ? undefined : statSync(path, { throwIfNoEntry: false })
  return found !== undefined && !found.isFile() && !found.isDirectory()
}
