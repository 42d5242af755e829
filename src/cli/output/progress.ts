import { escapeLine } from '../../message/index.ts'

/** One line on a terminal that says how far a long run is. */
export interface Progress {
  show(text: string): void
  /** Takes the line away, before something else is written and at the end. */
  clear(): void
}

/** A run that is shorter than this shows nothing. */
const QUIET_MS = 500
const BETWEEN_MS = 250

export interface ProgressOptions {
  stream: { write(text: string): unknown; columns?: number }
  now: () => number
  isShown: boolean
}

/** A progress line, rewritten at most four times a second. */
export function createProgress({ stream, now, isShown }: ProgressOptions): Progress {
  let next = now() + QUIET_MS
  let isOn = false
  return {
    show(text) {
      if (!isShown || now() < next) return
      next = now() + BETWEEN_MS
      isOn = true
      stream.write(`\r\u001b[K${cutLine(text, (stream.columns ?? 80) - 1)}`)
    },
    clear() {
      if (isOn) stream.write('\r\u001b[K')
      isOn = false
    },
  }
}

function cutLine(text: string, width: number): string {
  const line = escapeLine(text)
  return line.length > width ? `${line.slice(0, Math.max(0, width - 1))}…` : line
}

/** Whether a stream is a terminal on which a line may be rewritten: not in CI, and not one that calls itself dumb. */
export function isAnimated(
  stream: { isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  return stream.isTTY === true && !env['CI'] && env['TERM'] !== 'dumb'
}
