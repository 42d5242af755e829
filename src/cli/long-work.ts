import { createProgress, isAnimated, type Progress } from './check-progress.ts'
import { EXIT } from './terminal.ts'

/** The progress of work that a signal may end at any time. */
export interface LongWork extends Progress {
  /** Clears the line; from then on signals are somebody else's. */
  end(): void
}

/**
 * A progress line for work that takes its time; off a terminal, in CI and on one that is dumb it shows nothing. SIGINT and SIGTERM take the line
 * away and end the process with 130 or 143; who has something half written takes it away when the process ends.
 */
export function startProgress(): LongWork {
  const progress = createProgress({ stream: process.stderr, now: Date.now, isShown: isAnimated(process.stderr, process.env) })
  const stop = (code: number) => () => {
    progress.clear()
    process.exit(code) // the work does not listen to anyone: it would go on
  }
  const [interrupt, terminate] = [stop(EXIT.interrupted), stop(EXIT.terminated)]
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', terminate)
  return {
    ...progress,
    end() {
      progress.clear()
      process.off('SIGINT', interrupt)
      process.off('SIGTERM', terminate)
    },
  }
}
